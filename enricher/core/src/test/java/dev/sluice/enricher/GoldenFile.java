package dev.sluice.enricher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads and rewrites golden files. A case is a block of lines, a key and from column 7 its value;
 * blocks are parted by empty lines, {@code #} starts a comment. Keys:
 *
 * <ul>
 *   <li>{@code name}: what the case shows
 *   <li>{@code set}: KEY=VALUE, a setting, any number of times
 *   <li>{@code line}: the log line, every character as it stands, as UTF-8
 *   <li>{@code raw}: instead of line, with {@code \xNN} for one byte and {@code \\} for a backslash
 *   <li>{@code from}: where the line comes from, source and number; nowhere when not told
 *   <li>{@code field}: NAME=value, a field that the parser finds; where there is one, all are named
 *   <li>the expectation: {@code json} or {@code warn} (enriched, enriched with warnings) and the
 *       output, or {@code fail} and {@code REASON at OFFSET}
 * </ul>
 */
public record GoldenFile(Path path, List<String> text) {
  private static final int VALUE_COLUMN = 6;
  private static final Path FOLDER = folder();

  /** Relative to this module's folder, or to that of a module beside {@code enricher}. */
  private static Path folder() {
    Path inThisModule = Path.of("src", "test", "resources", "golden");
    return Files.isDirectory(inThisModule)
        ? inThisModule
        : Path.of("..", "enricher", "core").resolve(inThisModule);
  }

  /** One case; {@code index} is the place of its expectation in the file. */
  public record Case(
      String file,
      String name,
      Map<String, String> settings,
      byte[] line,
      String from,
      List<String> fields,
      String expected,
      int index) {
    /** Whether its format is a format string. */
    public boolean hasCustomFormat() {
      return settings.getOrDefault("LOG_FORMAT", "").contains("%");
    }

    /** Where the line comes from. */
    LinePosition position() {
      var position = new LinePosition();
      if (!from.isEmpty()) {
        int space = from.lastIndexOf(' ');
        position.source(from.substring(0, space));
        position.line(Long.parseLong(from.substring(space + 1)));
      }
      return position;
    }

    /** Whether settings leave out keys that every line has otherwise. */
    boolean isSelection() {
      return settings.containsKey("OUTPUT_FIELDS") || settings.containsKey("OMIT_FIELDS");
    }

    /** Whether it is written in Elastic Common Schema. */
    boolean isEcs() {
      return "ecs".equals(settings.get("OUTPUT_PROFILE"));
    }

    /** Whether it is a record of an earlier stage, which may lack anything. */
    boolean isRecord() {
      return "flat".equals(settings.get("LOG_FORMAT"));
    }

    @Override
    public String toString() {
      return file + " " + name;
    }
  }

  public static List<GoldenFile> all() {
    try (Stream<Path> paths = Files.list(FOLDER)) {
      return paths
          .filter(path -> path.toString().endsWith(".golden"))
          .sorted()
          .map(GoldenFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Case> allCases() {
    return all().stream().flatMap(file -> file.cases().stream()).toList();
  }

  static List<Case> casesWithCustomFormat() {
    return allCases().stream().filter(Case::hasCustomFormat).toList();
  }

  private static GoldenFile read(Path path) {
    try {
      return new GoldenFile(path, Files.readAllLines(path, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String name = null;
    var settings = new LinkedHashMap<String, String>();
    List<String> fields = new ArrayList<>();
    byte[] line = null;
    String from = "";
    for (int i = 0; i < text.size(); i++) {
      String row = text.get(i);
      if (row.isEmpty() || row.startsWith("#")) {
        continue;
      }
      String key = row.split(" ", 2)[0];
      String value = row.length() <= VALUE_COLUMN ? "" : row.substring(VALUE_COLUMN);
      switch (key) {
        case "name" -> name = value;
        case "set" -> settings.put(value.split("=", 2)[0], value.split("=", 2)[1]);
        case "field" -> fields.add(value);
        case "line" -> line = value.getBytes(StandardCharsets.UTF_8);
        case "from" -> from = value;
        case "raw" -> line = unescape(value);
        case "json", "warn", "fail" -> {
          String file = path.getFileName().toString();
          cases.add(
              new Case(
                  file,
                  name,
                  Map.copyOf(settings),
                  line,
                  from,
                  List.copyOf(fields),
                  key + "  " + value,
                  i));
          settings.clear();
          fields.clear();
          from = "";
        }
        default -> throw new IllegalStateException(path + ":" + (i + 1) + ": what is " + key + "?");
      }
    }
    return cases;
  }

  private static byte[] unescape(String value) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) != '\\') {
        bytes.writeBytes(value.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      } else if (value.charAt(i + 1) == '\\') {
        bytes.write('\\');
        i++;
      } else if (value.charAt(i + 1) == 'x') {
        bytes.write(Integer.parseInt(value.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        throw new IllegalStateException("neither \\xNN nor \\\\ in: " + value);
      }
    }
    return bytes.toByteArray();
  }

  /** Writes the file again with the answers of today; the difference is for review. */
  void rewrite(Function<Case, String> answer) {
    List<String> rewritten = new ArrayList<>(text);
    cases().forEach(each -> rewritten.set(each.index(), answer.apply(each)));
    try {
      Files.write(path, rewritten, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
