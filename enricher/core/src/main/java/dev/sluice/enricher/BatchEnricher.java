package dev.sluice.enricher;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.steps.RejectMask;
import java.time.Duration;

/**
 * Splits a payload into lines and gives each its outcome, in order. A line ends at LF or at the end
 * of the payload; a CR before the LF belongs to the line end; a final LF opens no new line; an
 * empty payload is one empty line. Not thread-safe.
 */
public final class BatchEnricher {
  private static final String NOWHERE = "";

  /** Bytes behind a line with which it is enriched by words, whatever they are. */
  private static final int ROOM_BEHIND = 64;

  /** Larger payloads are not copied for their last line alone. */
  private static final int MAX_COPIED_BYTES = 4096;

  private final LineEnricher line;
  private final RejectMask rejectMask;
  private final LinePosition position = new LinePosition();
  private final OutputBuffer json = new OutputBuffer();
  private final byte[] roomy = new byte[MAX_COPIED_BYTES + ROOM_BEHIND];

  /** Takes each line's outcome; exactly one method is called for every line. */
  public interface Sink {
    /**
     * @param lineIndex 0 for the first line of the payload
     * @param json one line of JSON without line end; only valid during the call
     * @param outcome with or without warnings
     */
    void enriched(int lineIndex, OutputBuffer json, Outcome outcome);

    void dropped(int lineIndex, Outcome.Dropped outcome);

    /**
     * The line is {@code buffer} from {@code from} (in) to {@code to} (out), without line end, and
     * masked where the settings say so; only valid during the call.
     */
    void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome);
  }

  public BatchEnricher(LineEnricher line) {
    this.line = line;
    rejectMask = line.rejectMask();
  }

  /** Whether {@code source} matters: {@link LineEnricher#needsPositions()}. */
  public boolean needsPositions() {
    return line.needsPositions();
  }

  /** The same for a payload whose position nobody asks for. */
  public void enrich(byte[] payload, int from, int to, Sink sink) {
    enrich(payload, from, to, NOWHERE, sink);
  }

  /**
   * Enriches the lines of {@code payload} from {@code from} (in) to {@code to} (out).
   *
   * @param source name of the payload, the same whenever it is read: {@link LinePosition}
   */
  public void enrich(byte[] payload, int from, int to, String source, Sink sink) {
    position.source(source);
    int length = to - from;
    if (length <= MAX_COPIED_BYTES && payload.length - to < ROOM_BEHIND) {
      System.arraycopy(payload, from, roomy, 0, length);
      enrichLines(roomy, 0, length, sink);
    } else {
      enrichLines(payload, from, to, sink);
    }
  }

  private void enrichLines(byte[] payload, int from, int to, Sink sink) {
    int start = from;
    int index = 0;
    do {
      int lineFeed = ByteSearch.indexOf('\n', payload, start, to);
      int end = lineFeed;
      if (lineFeed < to && end > start && payload[end - 1] == '\r') {
        end--;
      }
      enrichLine(index++, payload, start, end, sink);
      start = lineFeed + 1;
    } while (start < to);
  }

  /** Whether {@link #collect} wants to see payloads first: {@link LineEnricher#hasLookups()}. */
  public boolean hasLookups() {
    return line.hasLookups();
  }

  /**
   * Remembers what has to be asked of others about the lines of a payload. Parameters are those of
   * {@link #enrich(byte[], int, int, String, Sink)}.
   */
  public void collect(byte[] payload, int from, int to, String source) {
    position.source(source);
    int start = from;
    int index = 0;
    do {
      int lineFeed = ByteSearch.indexOf('\n', payload, start, to);
      position.line(index++);
      line.collect(payload, start, lineFeed, position); // which ignores CRs at the end
      start = lineFeed + 1;
    } while (start < to);
  }

  /**
   * Asks for all that was collected, once and for a bounded time.
   *
   * @param atMost a bound besides that of the look-ups themselves
   */
  public void resolve(Duration atMost) {
    line.resolve(atMost);
  }

  private void enrichLine(int index, byte[] payload, int from, int to, Sink sink) {
    json.clear();
    position.line(index);
    Outcome outcome = line.enrich(payload, from, to, position, json);
    switch (outcome.code()) {
      case ENRICHED, ENRICHED_WITH_WARNINGS -> sink.enriched(index, json, outcome);
      case DROPPED -> sink.dropped(index, (Outcome.Dropped) outcome);
      case REJECTED -> {
        rejectMask.mask(payload, from, to);
        sink.rejected(
            index,
            rejectMask.buffer(),
            rejectMask.from(),
            rejectMask.to(),
            (Outcome.Rejected) outcome);
      }
    }
  }
}
