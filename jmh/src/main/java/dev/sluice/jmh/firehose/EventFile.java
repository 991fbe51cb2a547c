package dev.sluice.jmh.firehose;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.corpus.WorkDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/**
 * Events of direct puts, one line in a record, as Firehose writes them: ids of 56 digits, no
 * spaces. The same ones every time.
 */
public final class EventFile {
  /**
   * An event as large as its response can be answered: enriched and in Base64, lines need nearly
   * twice the room, and 6 MB are the limit of a response as of an event.
   */
  public static final int LARGE_BYTES = 3_000_000;

  /** The event that starts are measured with. */
  public static final int FIRST_BYTES = 1_000_000;

  private static final String HEAD =
      "{\"invocationId\":\"invocation\",\"deliveryStreamArn\":"
          + "\"arn:aws:firehose:us-east-1:123456789012:deliverystream/logs\","
          + "\"region\":\"us-east-1\",\"records\":[";
  private static final String TAIL = "]}";
  private static final String RECORD =
      "{\"recordId\":\"49546986683135544286507457936321625675700192471156%06d\","
          + "\"approximateArrivalTimestamp\":1495072949453,\"data\":\"%s\"}";

  private EventFile() {}

  /** Records of an event of at most so many bytes. */
  public static int records(Lines lines, int maxBytes) {
    return write(lines, maxBytes, new ByteArrayOutputStream(maxBytes));
  }

  /**
   * An event of at most so many bytes: the lines of the corpus, from the first one on, and over
   * again when they are not enough.
   */
  public static byte[] event(Lines lines, int maxBytes) {
    var event = new ByteArrayOutputStream(maxBytes);
    write(lines, maxBytes, event);
    return event.toByteArray();
  }

  private static int write(Lines lines, int maxBytes, ByteArrayOutputStream event) {
    event.writeBytes(ascii(HEAD));
    for (int record = 0; ; record++) {
      String data = Base64.getEncoder().encodeToString(lines.line(record % lines.count()));
      String comma = record == 0 ? "" : ",";
      byte[] next = ascii(comma + RECORD.formatted(record, data));
      if (event.size() + next.length + TAIL.length() > maxBytes) {
        event.writeBytes(ascii(TAIL));
        return record;
      }
      event.writeBytes(next);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The same as a file, made anew: the corpus may be another one than before. */
  public static Path of(Corpus corpus, int maxBytes) {
    Path file = WorkDirectory.path().resolve("event-" + corpus.label() + "-" + maxBytes + ".json");
    try {
      Path part = Files.createTempFile(file.getParent(), "event", ".json");
      Files.write(part, event(corpus.lines(), maxBytes));
      return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
