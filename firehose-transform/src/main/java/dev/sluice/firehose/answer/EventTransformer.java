package dev.sluice.firehose.answer;

import dev.sluice.enricher.RejectReason;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.record.DeadLetter;
import dev.sluice.firehose.record.FailureReason;
import dev.sluice.firehose.record.RecordTransformer;
import dev.sluice.firehose.record.RecordTransformer.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Answers all records of an event, each once and in order, in a response that is never too large.
 *
 * <p>While a record is looked at, room is kept for the smallest answer that each record after it
 * can get: {@code Dropped} where the overflow takes records, {@code ProcessingFailed} with its data
 * where not. The first record that does not fit and all after it go to the overflow. Those that it
 * does not take fail; should they need more room than was kept, answers that are {@code Ok} so far
 * fail too, from the last to the first. So every event whose response fits when all of its records
 * fail gets a legal response, and that is every legal event.
 *
 * <p>The first record never goes to the overflow: each time that records come again there are fewer
 * of them, so that none goes round for ever.
 *
 * <p>Not thread-safe.
 */
public final class EventTransformer {
  /** After so many bytes of lines the clock is looked at. */
  private static final int BYTES_BETWEEN_LOOKS = 64 * 1024;

  /**
   * So much of a response is kept before it is written out, where its answers are final, and where
   * a stream that keeps it in memory does not take them at once: what is still in a core's cache is
   * written sooner than what is fetched again.
   */
  private static final int PIECE_BYTES = 16 * 1024;

  private final RecordTransformer transformer;
  private final Overflow overflow;
  private final DeadLetters deadLetters;
  private final int maxResponseBytes;
  private final int timeReserveMillis;
  private final Response response = new Response();
  private final RecordTallies tallies = new RecordTallies();
  private InvocationCounts counts;
  private long rest;
  private long restFailed;

  /**
   * @param maxResponseBytes most bytes of the JSON of a response
   * @param timeReserveMillis no record is begun with less time than that, unless half of the time
   *     is less
   */
  public EventTransformer(
      RecordTransformer transformer,
      Overflow overflow,
      DeadLetters deadLetters,
      int maxResponseBytes,
      int timeReserveMillis) {
    this.transformer = transformer;
    this.overflow = overflow;
    this.deadLetters = deadLetters;
    this.maxResponseBytes = maxResponseBytes;
    this.timeReserveMillis = timeReserveMillis;
  }

  /**
   * Answers the records of the event.
   *
   * @param remainingMillis time until the invocation is ended
   * @param newCounts takes what was done
   * @param out takes the response, in pieces
   * @throws IOException if it cannot be written
   */
  public void transform(
      FirehoseEvent event,
      IntSupplier remainingMillis,
      InvocationCounts newCounts,
      OutputStream out)
      throws IOException {
    counts = newCounts;
    counts.records = event.records();
    counts.recordsWithoutId = event.recordsWithoutId();
    counts.unknownEvent = !event.isKnown();
    transformer.beginEvent();
    tallies.begin(event.records());
    response.begin(event, transformer.failureData());
    int looked;
    // A stream in memory takes its lock for each write: one that is held costs half as much.
    synchronized (out) {
      looked = answerWhileThereIsRoom(event, remainingMillis, out);
    }
    if (looked < event.records()) {
      sendToOverflow(event, looked, remainingMillis);
    }
    sendDeadLetters(event, remainingMillis);
    makeFit(event);
    finish(out);
  }

  /**
   * Asks others about the lines of the event, where the settings want that. Comes before {@link
   * #transform}; takes no time that records need, and what is not answered in it is unavailable.
   *
   * @param remainingMillis time until the invocation is ended
   */
  public void lookUp(FirehoseEvent event, IntSupplier remainingMillis) {
    if (!transformer.hasLookups()) {
      return;
    }
    int reserve = Math.min(timeReserveMillis, remainingMillis.getAsInt() / 2);
    long bytesSinceLook = 0;
    for (int record = 0; record < event.records(); record++) {
      if (bytesSinceLook >= BYTES_BETWEEN_LOOKS) {
        bytesSinceLook = 0;
        if (remainingMillis.getAsInt() < reserve) {
          break;
        }
      }
      transformer.collect(event, record);
      bytesSinceLook += transformer.payloadBytes();
    }
    int spare = Math.max(0, remainingMillis.getAsInt() - reserve);
    transformer.resolve(Duration.ofMillis(spare));
  }

  /** Answers records until the response is full or the time is short; the first one left. */
  private int answerWhileThereIsRoom(
      FirehoseEvent event, IntSupplier remainingMillis, OutputStream out) throws IOException {
    boolean accepts = overflow.accepts(event);
    restFailed = Response.failedLength(event);
    rest = accepts ? Response.droppedLength(event) : restFailed;
    int start = remainingMillis.getAsInt();
    int reserve = Math.min(timeReserveMillis, start / 2);
    boolean atOnce =
        out instanceof ByteArrayOutputStream
            && mayWriteEarly()
            && !transformer.partitions().areOn();
    long bytesSinceLook = 0;
    for (int record = 0; record < event.records(); record++) {
      if (bytesSinceLook >= BYTES_BETWEEN_LOOKS) {
        bytesSinceLook = 0;
        if (remainingMillis.getAsInt() < reserve) {
          counts.stoppedEarly = true;
          return record;
        }
      }
      rest -= smallest(event, record, accepts);
      restFailed -= response.failedLength(event, record);
      if (!answer(event, record, atOnce ? out : null)) {
        return record;
      }
      if (response.waitingBytes() >= PIECE_BYTES && answersAreFinal()) {
        response.write(out);
      }
      bytesSinceLook += transformer.payloadBytes();
    }
    return event.records();
  }

  /**
   * Whether no answer so far will have to change: no line waits for the dead-letter queue, and
   * there would be room for all records that follow even if they failed.
   */
  private boolean answersAreFinal() {
    return mayWriteEarly() && response.length() + restFailed <= maxResponseBytes;
  }

  /** Whether any answer may be final before the last record was looked at. */
  private boolean mayWriteEarly() {
    return !transformer.sendsDeadLetters() && !transformer.failureData().masks();
  }

  private long smallest(FirehoseEvent event, int record, boolean accepts) {
    return accepts ? response.droppedLength(event, record) : response.failedLength(event, record);
  }

  /**
   * Answers a record, or says that it has to go to the overflow.
   *
   * @param memory takes an {@code Ok} that is final at once; null where none may be
   */
  private boolean answer(FirehoseEvent event, int record, OutputStream memory) throws IOException {
    Result result = transformer.transform(event, record);
    if (result == Result.OK
        && memory != null
        && response.okAtOnce(
            transformer.output().array(),
            transformer.output().length(),
            maxResponseBytes - restFailed,
            memory)) {
      accept(record);
      return true;
    }
    switch (result) {
      case OK ->
          response.ok(
              transformer.output().array(),
              transformer.output().length(),
              transformer.partitions());
      case DROPPED -> response.add(Answer.DROPPED);
      case FAILED -> addFailed(record, transformer.failure());
    }
    if (response.length() + rest > maxResponseBytes && result == Result.OK) {
      boolean tooLarge = response.entryLength(record) + Response.EMPTY_BYTES > maxResponseBytes;
      response.undo();
      if (!tooLarge && record > 0) {
        transformer.withdrawDeadLetters();
        return false;
      }
      addFailed(record, tooLarge ? FailureReason.OUTPUT_TOO_LARGE : FailureReason.NO_ROOM);
    }
    accept(record);
    return true;
  }

  private void addFailed(int record, FailureReason reason) {
    if (reason != FailureReason.REJECTED_LINES) {
      transformer.withdrawDeadLetters();
    }
    tallies.failure(record, reason);
    response.add(Answer.FAILED);
  }

  private void accept(int record) {
    tallies.lines(record, transformer);
    if (transformer.rejected() > 0) {
      for (RejectReason reason : RejectReason.values()) {
        counts.rejected(reason, transformer.rejected(reason));
      }
    }
  }

  private void sendToOverflow(FirehoseEvent event, int from, IntSupplier remainingMillis) {
    BitSet taken =
        overflow.accepts(event)
            ? overflow.take(event, from, event.records(), remainingMillis)
            : new BitSet();
    for (int record = from; record < event.records(); record++) {
      if (taken.get(record)) {
        response.add(Answer.REINGESTED);
      } else {
        tallies.failure(record, FailureReason.NO_ROOM);
        response.add(Answer.FAILED);
      }
    }
  }

  /** Records whose rejected lines were not taken fail, unless they have failed already. */
  private void sendDeadLetters(FirehoseEvent event, IntSupplier remainingMillis) {
    List<DeadLetter> letters = transformer.deadLetters();
    if (letters.isEmpty()) {
      return;
    }
    BitSet refused = deadLetters.send(event, letters, remainingMillis);
    counts.deadLetters = letters.stream().filter(letter -> !refused.get(letter.record())).count();
    var failed = new ArrayList<Integer>();
    refused.stream().filter(record -> response.answer(record) == Answer.OK).forEach(failed::add);
    failed.forEach(record -> fail(record, FailureReason.DEAD_LETTERS_REFUSED));
    if (!failed.isEmpty()) {
      response.rebuild();
    }
  }

  private void fail(int record, FailureReason reason) {
    tallies.failure(record, reason);
    response.change(record, Answer.FAILED);
  }

  /**
   * Lets answers fail, and at the last failures go without their data, those first whose data
   * masking has made larger, until the response fits.
   */
  private void makeFit(FirehoseEvent event) {
    long excess = response.length() - (long) maxResponseBytes;
    if (excess <= 0) {
      return;
    }
    for (int record = event.records() - 1; record >= response.written() && excess > 0; record--) {
      long gain = response.entryLength(record) + 1 - response.failedLength(event, record);
      if (response.answer(record) == Answer.OK && gain > 0) {
        fail(record, FailureReason.NO_ROOM);
        excess -= gain;
      }
    }
    response.rebuild();
    leaveDataOut(event, true);
    leaveDataOut(event, false);
  }

  /** Lets failures go without their data, from the last to the first, until the response fits. */
  private void leaveDataOut(FirehoseEvent event, boolean onlyWhereItGrew) {
    long excess = response.length() - (long) maxResponseBytes;
    if (excess <= 0) {
      return;
    }
    for (int record = event.records() - 1; record >= response.written() && excess > 0; record--) {
      long length = response.entryLength(record) + 1;
      boolean grew = length > response.failedLength(event, record);
      if (response.answer(record) == Answer.FAILED && (grew || !onlyWhereItGrew)) {
        excess -= length - response.failedLengthWithoutData(event, record);
        response.change(record, Answer.FAILED_WITHOUT_DATA);
      }
    }
    response.rebuild();
  }

  private void finish(OutputStream out) throws IOException {
    tallies.addTo(counts, response);
    counts.partitionsBounded = transformer.partitions().bounded();
    counts.responseBytes = response.length();
    response.finish(out);
  }
}
