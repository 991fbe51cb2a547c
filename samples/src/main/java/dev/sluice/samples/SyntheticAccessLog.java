package dev.sluice.samples;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * An access log of an invented website that goes on for ten thousand million lines. The same seed
 * and options give the same bytes on every machine and JDK, for as long as the tables of this
 * package stay as they are. Memory does not grow with the number of lines. Not thread-safe.
 *
 * <p>Addresses come from {@link SampleGeo}, so that its database locates most of them.
 */
public final class SyntheticAccessLog {
  private static final int PIECE_BYTES = 1 << 16;
  private static final double NANOS_PER_SECOND = 1e9;

  private final AccessLogOptions options;
  private final Dice dice;
  private final Dice outageDice;
  private final Traffic traffic;
  private final OddLines oddLines;
  private final BrokenLines brokenLines;
  private final ClfTimestamps timestamps = new ClfTimestamps();
  private final LineDraft draft = new LineDraft();
  private final ByteBuilder line = new ByteBuilder(1 << 10);

  /** Time of the last line, in nanoseconds since the start of the log. */
  private double elapsedNanos;

  private long nextId;

  public SyntheticAccessLog(long seed) {
    this(seed, AccessLogOptions.defaults());
  }

  public SyntheticAccessLog(long seed, AccessLogOptions options) {
    this.options = options;
    this.dice = new Dice(seed);
    this.outageDice = new Dice(~seed);
    this.traffic = new Traffic(dice, options);
    this.oddLines = new OddLines(dice, options);
    this.brokenLines = new BrokenLines(dice, options);
    this.nextId = options.firstId();
  }

  /** The next line with what is known about it. */
  public SyntheticLine next() {
    LineKind kind = compose();
    return new SyntheticLine(line.toByteArray(), kind, nextId - 1);
  }

  /** The bytes of the next line, without line end. */
  public byte[] nextLine() {
    compose();
    return line.toByteArray();
  }

  /**
   * Writes the next lines, each with a line feed, in large pieces. The stream is flushed, not
   * closed.
   */
  public void writeTo(OutputStream out, long lines) throws IOException {
    var pieces = new BufferedOutputStream(out, PIECE_BYTES);
    for (long i = 0; i < lines; i++) {
      compose();
      line.put('\n').writeTo(pieces);
    }
    pieces.flush();
  }

  /** The next lines, each with a line feed, as a stream that makes them while it is read. */
  public InputStream asInputStream(long lines) {
    return new LineStream(lines);
  }

  private LineKind compose() {
    if (nextId > SyntheticLine.MAX_ID) {
      throw new IllegalStateException("the log has no ids left");
    }
    traffic.fill(draft);
    elapsedNanos += dice.exponential() * options.meanGap().toNanos();
    long epochSecond = options.start().getEpochSecond() + (long) (elapsedNanos / NANOS_PER_SECOND);
    draft.timestamp = timestamps.render(epochSecond, dice);
    draft.id = options.ids() ? nextId : LineDraft.NO_ID;
    nextId++;
    line.truncate(0);
    double share = dice.unit();
    if (share < options.brokenShare()) {
      return brokenLines.write(draft, line);
    }
    LineKind kind =
        share < options.brokenShare() + options.oddShare() ? oddLines.apply(draft) : LineKind.PLAIN;
    if (options.outage().holds(epochSecond) && outageDice.chance(options.outage().share())) {
      draft.status = Statuses.text(Outage.STATUS);
    }
    draft.writeTo(line);
    return kind;
  }

  private final class LineStream extends InputStream {
    private long linesLeft;
    private int position;
    private int end;

    private LineStream(long lines) {
      this.linesLeft = lines;
    }

    private boolean hasByte() {
      if (position == end && linesLeft > 0) {
        compose();
        line.put('\n');
        linesLeft--;
        position = 0;
        end = line.length();
      }
      return position < end;
    }

    @Override
    public int read() {
      return hasByte() ? line.array()[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      int done = 0;
      while (done < length && hasByte()) {
        int count = Math.min(length - done, end - position);
        System.arraycopy(line.array(), position, target, offset + done, count);
        position += count;
        done += count;
      }
      return done == 0 && length > 0 ? -1 : done;
    }
  }
}
