package dev.sluice.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An archive of the classes that a child loads (AppCDS), so that it starts in half of the time. A
 * child without it is as good, only slower: where it cannot be made, there is none.
 *
 * @param classPath that of this process, in an order that an archive can have
 * @param options for a child
 */
record ClassArchive(String classPath, List<String> options) {
  private static final Path FOLDER = Path.of("target", "children");
  private static final long MAX_SECONDS = 120;
  private static final int NO_JAR = 2;
  private static final String INVOKER_FORM = "@lambda-form-invoker";
  private static final Path OUTPUT = FOLDER.resolve("demo.out");
  private static final ClassArchive ONE = make();

  /** The archive of this class path; the first who asks waits until it is made. */
  static ClassArchive get() {
    return ONE;
  }

  private static ClassArchive make() {
    List<String> entries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .sorted(Comparator.comparingInt(ClassArchive::place)) // which is stable
            .toList();
    String archived =
        entries.stream()
            .filter(entry -> place(entry) < NO_JAR)
            .collect(Collectors.joining(File.pathSeparator));
    return new ClassArchive(String.join(File.pathSeparator, entries), options(archived));
  }

  /** An archive is of jars alone; nothing may stand behind one whose manifest names a folder. */
  private static int place(String entry) {
    return !entry.endsWith(".jar") ? NO_JAR : entry.contains("DynamoDBLocal-") ? 1 : 0;
  }

  private static List<String> options(String classPath) {
    int key = (Runtime.version() + classPath).hashCode();
    Path archive = FOLDER.resolve("classes-" + Integer.toHexString(key) + ".jsa");
    try {
      if (!isNewerThanJars(archive, classPath)) {
        train(classPath, archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off")
        : List.of();
  }

  private static boolean isNewerThanJars(Path archive, String classPath) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(archive);
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.exists(path) && Files.getLastModifiedTime(path).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Lets a small demo load what children load (servers, clients, consumer, producer), and makes the
   * archive from its list of classes. {@code ArchiveClassesAtExit} would under load write one now
   * and then with which every access by a VarHandle takes the slow way, for good; the list's forms
   * of invokers are left out for the same reason.
   */
  private static void train(String classPath, Path archive)
      throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Files.deleteIfExists(archive);
    String own = archive.getFileName() + "." + ProcessHandle.current().pid();
    Path list = FOLDER.resolve(own + ".classes");
    Path part = FOLDER.resolve(own);
    if (ends(classPath, "-XX:DumpLoadedClassList=" + list) && Files.exists(list)) {
      List<String> classes =
          Files.readAllLines(list).stream().filter(line -> !line.startsWith(INVOKER_FORM)).toList();
      Files.write(list, classes);
      if (ends(
              classPath,
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + list,
              "-XX:SharedArchiveFile=" + part)
          && Files.exists(part)) {
        Files.move(part, archive);
      }
    }
    Files.deleteIfExists(list);
    Files.deleteIfExists(part);
    if (!Files.exists(archive)) {
      Report.line("no archive of classes for children, see " + OUTPUT);
    }
  }

  /** Whether the demo, or what the options make of it, ends well and in time. */
  private static boolean ends(String classPath, String... options)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ChildProcess.OPTIONS);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, "dev.sluice.cli.Sluice", "demo", "--lines", "500"));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(ChildProcess::isHint);
    builder.redirectErrorStream(true).redirectOutput(OUTPUT.toFile());
    Process process = builder.start();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return false;
    }
    return process.exitValue() == 0;
  }
}
