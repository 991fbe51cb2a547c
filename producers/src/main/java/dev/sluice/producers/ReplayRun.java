package dev.sluice.producers;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** One replay while it runs: from the offset that was saved, through all passes. Used once. */
final class ReplayRun {

  /** Opens the input at its first byte, once for each pass. */
  interface Source {
    ReplayInput open() throws IOException;
  }

  private final Source source;
  private final ReplayOptions options;
  private final ReplayLedger ledger;
  private final Dispatch dispatch;
  private final DueTimes dueTimes;
  private final Optional<OffsetFile> offsetFile;
  private InputStart start;
  private ReplayOffset reached = ReplayOffset.START;

  ReplayRun(
      Source source,
      ReplayOptions options,
      KinesisClient client,
      ReplayListener listener,
      MonotonicClock clock,
      SplittableGenerator random) {
    this.source = source;
    this.options = options;
    ledger = new ReplayLedger(clock, listener);
    dispatch = new Dispatch(options, client, clock, random, ledger, this::save);
    dueTimes = DueTimes.of(options.pace());
    offsetFile = options.offsetFile().map(OffsetFile::new);
  }

  /**
   * Replays all there is.
   *
   * @throws IOException the input or the offset file cannot be read at all, or they do not belong
   *     together; nothing was sent
   * @throws ReplayStoppedException not everything could be stored
   */
  ReplayResult run() throws IOException, InterruptedException {
    try (dispatch) {
      firstPass();
      while (reached.passes() + 1 < options.passes() && ledger.goesOn() && reached.bytes() > 0) {
        reached = new ReplayOffset(reached.passes() + 1, reached.lines(), 0);
        nextPass();
      }
    }
    return ledger.close();
  }

  private void firstPass() throws IOException, InterruptedException {
    try (ReplayInput input = source.open()) {
      start = new InputStart(input.content());
      if (offsetFile.isPresent()) {
        goTo(offsetFile.get().read());
      }
      pass(input);
    }
  }

  private void goTo(Optional<OffsetFile.Saved> saved) throws IOException {
    if (saved.isEmpty()) {
      return;
    }
    ReplayOffset offset = saved.get().offset();
    try {
      start.goTo(offset.bytes());
      if (start.digest(offset.bytes()).equals(saved.get().start())) {
        reached = offset;
        return;
      }
    } catch (EOFException shorter) {
      // refused below, as any other input
    }
    throw new IOException(
        "the offset of "
            + options.offsetFile().orElseThrow()
            + " is that of another input; without the file the replay begins at the first line");
  }

  private void nextPass() throws InterruptedException {
    try (ReplayInput input = source.open()) {
      start = new InputStart(input.content());
      pass(input);
    } catch (IOException unreadable) {
      unreadable(unreadable);
    }
  }

  private void pass(ReplayInput input) throws InterruptedException {
    ledger.reads(input);
    ReplayOffset begin = reached;
    var lines = new LineReader(start, options.limits().maxRecordBytes() - 1);
    try {
      while (ledger.goesOn() && lines.next()) {
        ledger.lineRead();
        ReplayOffset behind =
            new ReplayOffset(
                begin.passes(), begin.lines() + lines.number(), begin.bytes() + lines.offset());
        submit(lines, behind);
        reached = behind;
      }
    } catch (IOException unreadable) {
      // what was read so far is good and goes out before the error is reported
      settle();
      unreadable(unreadable);
    }
    settle();
  }

  private void unreadable(IOException reason) {
    ledger.notStored(reached.lines() + 1);
    ledger.stop(Reason.INPUT_UNREADABLE, "cannot read on: " + reason.getMessage(), reason);
  }

  /** Waits until all that was read is stored, and says so in the offset file. */
  private void settle() throws InterruptedException {
    dispatch.flush();
    dispatch.awaitAll();
    if (!ledger.stopped()) {
      save(reached);
    }
  }

  private void submit(LineReader lines, ReplayOffset behind) throws InterruptedException {
    int length = (int) Math.min(lines.length(), Integer.MAX_VALUE);
    if (!lines.tooLong()) {
      long due = dueTimes.next(lines.bytes(), length);
      String key = options.partitionKeys().keyOf(lines.bytes(), length, behind.lines());
      int keyBytes = PendingRecord.keyBytes(key);
      if (length + keyBytes <= options.limits().maxRecordBytes()) {
        byte[] data = Arrays.copyOf(lines.bytes(), length);
        dispatch.add(PendingRecord.of(behind.lines(), data, key, keyBytes, due), behind);
        return;
      }
    }
    ledger.refused(new RefusedLine(behind.lines(), lines.length()));
  }

  private void save(ReplayOffset offset) {
    if (offsetFile.isEmpty()) {
      return;
    }
    try {
      offsetFile.get().write(new OffsetFile.Saved(offset, start.digest(offset.bytes())));
    } catch (IOException cannotWrite) {
      ledger.notStored(offset.lines() + 1);
      ledger.stop(Reason.OFFSET_NOT_SAVED, "cannot save the offset: " + cannotWrite, cannotWrite);
    }
  }
}
