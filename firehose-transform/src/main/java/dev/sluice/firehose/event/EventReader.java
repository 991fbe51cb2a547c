package dev.sluice.firehose.event;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads one event after another into the same memory. Not thread-safe. */
public final class EventReader {
  /** Most bytes of an event: twice and a half what Lambda lets through, 6 MB. */
  public static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

  private static final int USUAL_EVENT_BYTES = 1 << 20;

  private final EventScanner scanner = new EventScanner();
  private EventParser parser; // null until an event needs it
  private final FirehoseEvent event = new FirehoseEvent();
  private byte[] bytes = new byte[USUAL_EVENT_BYTES];

  /**
   * Reads to the end of the stream.
   *
   * @return valid until the next call; {@link FirehoseEvent#isKnown} is false when it is no event
   *     of Firehose
   * @throws IOException if the stream cannot be read, or is longer than {@link #MAX_EVENT_BYTES}
   */
  public FirehoseEvent read(InputStream in) throws IOException {
    int length = readAll(in);
    if (!scanner.scan(bytes, length, event) && !parse(length)) {
      event.begin(bytes);
    }
    return event;
  }

  private boolean parse(int length) {
    if (parser == null) {
      parser = new EventParser();
    }
    return parser.parse(bytes, length, event);
  }

  private int readAll(InputStream in) throws IOException {
    int length = 0;
    while (true) {
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return length;
      }
      length += read;
      if (length == bytes.length) {
        if (length > MAX_EVENT_BYTES) {
          throw new IOException("the event has more than " + MAX_EVENT_BYTES + " bytes");
        }
        bytes = Arrays.copyOf(bytes, length + Math.max(length, in.available()));
      }
    }
  }
}
