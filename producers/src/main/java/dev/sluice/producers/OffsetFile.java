package dev.sluice.producers;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Keeps a replay's offset in a small text file, which is replaced as a whole, so that a crash
 * leaves either the offset before or the one after. Beside the offset stands a digest of how the
 * input begins, as an offset means nothing in another input.
 */
final class OffsetFile {
  /** A file that is larger is none of ours. */
  private static final int MAX_BYTES = 1_000;

  private final Path file;
  private final Path next;

  OffsetFile(Path file) {
    this.file = file;
    this.next = file.resolveSibling(file.getFileName() + ".next");
  }

  /**
   * What a file says.
   *
   * @param start digest of the first bytes of the input, as many as {@link InputStart} takes
   */
  record Saved(ReplayOffset offset, String start) {}

  /**
   * What was saved last; empty when there is no file.
   *
   * @throws IOException the file cannot be read, or is no offset file; the message says which
   */
  Optional<Saved> read() throws IOException {
    String text;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw notOurs();
      }
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    var values = new Properties();
    try {
      values.load(new StringReader(text));
      return Optional.of(
          new Saved(
              new ReplayOffset(
                  count(values, "passes"), count(values, "lines"), count(values, "bytes")),
              values.getProperty("start", "")));
    } catch (IllegalArgumentException malformed) {
      throw notOurs();
    }
  }

  private static long count(Properties values, String name) {
    long count = Long.parseLong(values.getProperty(name, ""));
    if (count < 0) {
      throw new IllegalArgumentException(name);
    }
    return count;
  }

  private IOException notOurs() {
    return new IOException("not an offset file of a replay: " + file);
  }

  /**
   * Replaces what was saved.
   *
   * @throws IOException it cannot be written; what was saved before is still there
   */
  void write(Saved saved) throws IOException {
    ReplayOffset offset = saved.offset();
    String text =
        String.format(
            Locale.ROOT,
            "passes=%d%nlines=%d%nbytes=%d%nstart=%s%n",
            offset.passes(),
            offset.lines(),
            offset.bytes(),
            saved.start());
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
