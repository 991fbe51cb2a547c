package dev.sluice.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in GitHub's Markdown, taken apart as far as the checks need it: links, anchors, and what
 * stands in code.
 */
final class MarkdownPage {
  /** A link, an image, or a definition of one. */
  record Link(int line, String target) {}

  /** A command or name in code: a line of a block (continued ones joined), or a span in text. */
  record Code(int line, String text) {}

  /** A fenced block: what stands behind the fence, and the lines between. */
  record Fence(List<String> words, List<Code> lines) {
    boolean isRun() {
      return words.contains("run");
    }
  }

  private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+)\\s*([^`]*)");
  private static final Pattern SPAN = Pattern.compile("(`+)((?:[^`\\n]|\\n(?!\\s*\\n))+?)\\1");
  private static final Pattern LINK =
      Pattern.compile(
          "\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)"
              + "|(?:href|src|srcset)=\"([^\"]+)\""
              + "|(?m)^\\[[^\\]]+\\]:\\s*(\\S+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.*?)\\s*#*$");
  private static final Pattern NAMED = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

  private final String name;
  private final Path file;
  private final List<Fence> fences = new ArrayList<>();
  private final List<Code> code = new ArrayList<>();

  /** The page with code blocks as empty lines, so that places stay what they are. */
  private final String prose;

  private MarkdownPage(String name, Path file, String text) {
    this.name = name;
    this.file = file;
    this.prose = withoutBlocks(text.lines().toList());
    Matcher span = SPAN.matcher(prose);
    while (span.find()) {
      String inside = span.group(2).replaceAll("\\s+", " ").replace("\\|", "|");
      code.add(new Code(lineOf(prose, span.start()), inside));
    }
  }

  static MarkdownPage read(Path root, Path file) {
    try {
      return new MarkdownPage(root.relativize(file).toString(), file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String withoutBlocks(List<String> lines) {
    var rest = new StringBuilder();
    var indentedLines = new ArrayList<Code>();
    boolean afterBlank = true;
    boolean indented = false;
    String fence = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher mark = FENCE.matcher(line);
      boolean isMark = mark.matches();
      boolean wasInFence = fence != null;
      if (fence == null && isMark) {
        fence = mark.group(1);
        fences.add(new Fence(List.of(mark.group(2).split("\\s+")), new ArrayList<>()));
      } else if (isMark && mark.group(1).startsWith(fence) && mark.group(2).isBlank()) {
        fence = null;
      } else if (fence != null) {
        fences.get(fences.size() - 1).lines().add(new Code(i + 1, line));
      }
      boolean fenced = wasInFence || fence != null;
      indented = !fenced && line.startsWith("    ") && (indented || afterBlank);
      if (indented) {
        indentedLines.add(new Code(i + 1, line.strip()));
      }
      rest.append(fenced || indented ? "" : line).append('\n');
      afterBlank = line.isBlank();
    }
    code.addAll(joined(indentedLines));
    fences.forEach(block -> code.addAll(joined(block.lines())));
    return rest.toString();
  }

  /** The lines, each together with those that continue it behind a backslash. */
  static List<Code> joined(List<Code> lines) {
    var joined = new ArrayList<Code>();
    for (Code line : lines) {
      Code last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.text().endsWith("\\")) {
        String start = last.text().substring(0, last.text().length() - 1).strip();
        joined.set(joined.size() - 1, new Code(last.line(), start + ' ' + line.text().strip()));
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  private static int lineOf(String text, int place) {
    return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
  }

  /** The path from the root of the checkout. */
  String name() {
    return name;
  }

  Path file() {
    return file;
  }

  List<Link> links() {
    var links = new ArrayList<Link>();
    String text = SPAN.matcher(prose).replaceAll(span -> span.group().replaceAll("[^\\n]", "x"));
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      for (int group = 1; group <= link.groupCount(); group++) {
        if (link.group(group) != null) {
          links.add(new Link(lineOf(text, link.start()), link.group(group)));
        }
      }
    }
    return links;
  }

  /** What may stand behind the # of a link to this page, by GitHub's rules. */
  Set<String> anchors() {
    var anchors = new HashSet<String>();
    Map<String, Integer> times = new HashMap<>();
    Matcher heading = HEADING.matcher(prose);
    while (heading.find()) {
      String slug =
          heading
              .group(1)
              .replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
              .replace(' ', '-');
      int earlier = times.merge(slug, 1, Integer::sum) - 1;
      anchors.add(earlier == 0 ? slug : slug + '-' + earlier);
    }
    NAMED.matcher(prose).results().forEach(named -> anchors.add(named.group(1)));
    return anchors;
  }

  List<Fence> fences() {
    return fences;
  }

  /** All that stands in code, in blocks and in spans. */
  List<Code> code() {
    return code;
  }
}
