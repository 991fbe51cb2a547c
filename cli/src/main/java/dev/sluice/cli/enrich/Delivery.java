package dev.sluice.cli.enrich;

import dev.sluice.cli.CannotRunException;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.producers.command.TerminalLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The one place where output leaves: JSON lines, rejects, progress. Not thread-safe. */
final class Delivery implements AutoCloseable {
  private final OutputStream out;
  private final OutputStream rejects; // null where nobody wants them
  private final Path rejectsFile;
  private final TerminalLine progress;
  private final OutcomeCounts.Builder counts = new OutcomeCounts.Builder();
  private final List<String> unreadable = new ArrayList<>();
  private long lines;

  private Delivery(
      OutputStream out, OutputStream rejects, Path rejectsFile, TerminalLine progress) {
    this.out = out;
    this.rejects = rejects;
    this.rejectsFile = rejectsFile;
    this.progress = progress;
  }

  /**
   * @param rejectsFile null where nobody wants the rejects
   */
  static Delivery open(OutputStream out, Path rejectsFile, TerminalLine progress) {
    if (rejectsFile == null) {
      return new Delivery(out, null, null, progress);
    }
    try {
      return new Delivery(out, Files.newOutputStream(rejectsFile), rejectsFile, progress);
    } catch (IOException e) {
      throw cannotWriteRejects(rejectsFile, e);
    }
  }

  boolean wantsRejects() {
    return rejects != null;
  }

  /** Where single outcomes are counted. */
  OutcomeCounts.Builder counts() {
    return counts;
  }

  /** Lines that have left here. */
  void delivered(long count) {
    lines += count;
  }

  void json(OutputBuffer json) {
    try {
      json.writeTo(out);
    } catch (IOException e) {
      throw new CannotRunException("cannot write to standard output: " + e.getMessage(), e);
    }
  }

  void rejects(OutputBuffer documents) {
    if (rejects == null || documents.length() == 0) {
      return;
    }
    try {
      documents.writeTo(rejects);
    } catch (IOException e) {
      throw cannotWriteRejects(rejectsFile, e);
    }
  }

  /** An input broke off after so many lines; they all have had their outcome. */
  void unreadable(InputFile input, long afterLine, IOException cause) {
    unreadable.add(input.unreadable(afterLine, cause));
  }

  /**
   * @param bytesRead of {@code size} bytes of the input
   */
  void progress(long bytesRead, OptionalLong size) {
    if (!progress.isDue()) {
      return;
    }
    if (size.isEmpty() || size.getAsLong() == 0) {
      progress.show(String.format(Locale.ROOT, "%,d lines", lines));
    } else {
      long percent = 100 * bytesRead / size.getAsLong();
      progress.show(String.format(Locale.ROOT, "%3d %% read, %,d lines", percent, lines));
    }
  }

  /** What could not be read, a line each, in the order of the inputs. */
  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** All lines are delivered: ends progress and rejects; standard output stays open. */
  void finish() {
    close();
  }

  @Override
  public void close() {
    progress.close();
    if (rejects == null) {
      return;
    }
    try {
      rejects.close();
    } catch (IOException e) {
      throw cannotWriteRejects(rejectsFile, e);
    }
  }

  private static CannotRunException cannotWriteRejects(Path file, IOException cause) {
    return new CannotRunException(
        "cannot write rejects to " + file + ": " + cause.getMessage(), cause);
  }
}
