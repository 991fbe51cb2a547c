package dev.sluice.firehose.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Reads one event after another. An event that is an array already, as AWS's runtime client hands
 * it over, is read where it is, if the JDK lends the array (up to version 22); any other is copied,
 * into the same memory each time. Not thread-safe.
 */
public final class EventReader {
  /** Most bytes of an event: twice and a half what Lambda lets through, 6 MB. */
  public static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

  private static final int USUAL_EVENT_BYTES = 1 << 20;
  private static final byte[] NOTHING = {};

  private final EventScanner scanner = new EventScanner();
  private EventParser parser; // null until an event needs it
  private final FirehoseEvent event = new FirehoseEvent();
  private byte[] own = NOTHING; // grows with the largest event that was copied
  private byte[] bytes = NOTHING; // of the event: those above, or somebody else's
  private int length;
  private boolean arraysAreLent = true; // until one is not

  /**
   * Reads to the end of the stream.
   *
   * @return valid until the next call, and as long as nobody changes the array behind the stream;
   *     {@link FirehoseEvent#isKnown} is false when it is no event of Firehose
   * @throws IOException if the stream cannot be read, or is longer than {@link #MAX_EVENT_BYTES}
   */
  public FirehoseEvent read(InputStream in) throws IOException {
    length = 0;
    bytes = own;
    if (arraysAreLent && in instanceof ByteArrayInputStream) {
      in.transferTo(new Arrival(in.available()));
    } else {
      copyAll(in);
    }
    refuseBeyond(length);
    if (!scanner.scan(bytes, length, event) && !parse()) {
      event.begin(bytes);
    }
    return event;
  }

  /** Lets go of the event that was read last, which is of no use from then on. */
  public void letGo() {
    bytes = NOTHING;
    event.begin(NOTHING);
  }

  private boolean parse() {
    if (parser == null) {
      parser = new EventParser();
    }
    return parser.parse(bytes, length, event);
  }

  private void copyAll(InputStream in) throws IOException {
    makeRoom(1);
    while (true) {
      int read = in.read(own, length, own.length - length);
      if (read < 0) {
        return;
      }
      length += read;
      if (length == own.length) {
        makeRoom(Math.max(1, in.available()));
      }
    }
  }

  /** Makes room for more of an event that is copied. */
  private void makeRoom(int more) throws IOException {
    refuseBeyond(length);
    if (more > own.length - length) {
      int twice = 2 * Math.max(own.length, USUAL_EVENT_BYTES / 2);
      own = Arrays.copyOf(own, Math.max(twice, length + more));
    }
    bytes = own;
  }

  private static void refuseBeyond(int eventBytes) throws IOException {
    if (eventBytes > MAX_EVENT_BYTES) {
      throw new IOException("the event has more than " + MAX_EVENT_BYTES + " bytes");
    }
  }

  /** Where the bytes of a stream arrive: all at once in their own array, or in pieces. */
  private final class Arrival extends OutputStream {
    private final int all;

    /**
     * @param all bytes that the stream has
     */
    Arrival(int all) {
      this.all = all;
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      if (length == 0 && offset == 0 && count == all) {
        bytes = from;
        length = count;
      } else {
        arraysAreLent &= count == all;
        makeRoom(count);
        System.arraycopy(from, offset, own, length, count);
        length += count;
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }
  }
}
