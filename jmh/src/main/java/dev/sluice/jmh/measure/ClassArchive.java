package dev.sluice.jmh.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * An archive of the classes that a program loads (AppCDS), made from a list of them.
 *
 * <p>Not by {@code ArchiveClassesAtExit}, which under load writes an archive now and then with
 * which every access by a VarHandle takes the slow way, for good. The list's forms of invokers are
 * left out for the same reason.
 */
final class ClassArchive {
  private static final String INVOKER_FORM = "@lambda-form-invoker";

  private final Path file;

  /**
   * @param file need not exist
   */
  ClassArchive(Path file) {
    this.file = file;
  }

  /** Whether it is missing or of another build: the JVM would start without it, silently. */
  boolean isOlderThan(Path jar) {
    try {
      return !Files.exists(file)
          || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes it anew.
   *
   * @param program runs the program once to its end, with more flags for its JVM; the second run
   *     ends before the program begins
   */
  void write(Consumer<List<String>> program) {
    Path list = beside(".classes");
    Path part = beside(".part");
    try {
      program.accept(List.of("-XX:DumpLoadedClassList=" + list));
      List<String> classes =
          Files.readAllLines(list).stream().filter(line -> !line.startsWith(INVOKER_FORM)).toList();
      Files.write(list, classes);
      program.accept(
          List.of(
              "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + part));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Lets a JVM with the same class path use it. */
  List<String> flags() {
    return List.of("-XX:SharedArchiveFile=" + file);
  }
}
