package dev.sluice.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.RandomIds;
import dev.sluice.local.lambda.LambdaAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One shard to a function, in order: the next batch is made when the one before is done or given
 * up.
 */
final class ShardPoller implements Poller {

  /** Pause before a failed batch is tried again: doubled from try to try, with jitter. */
  private static final Duration RETRY_PAUSE_MIN = Duration.ofMillis(100);

  private static final Duration RETRY_PAUSE_MAX = Duration.ofSeconds(10);
  private static final int DOUBLINGS_MAX = 7;

  private enum Kind {
    RECORDS,
    WINDOW_END,
    EARLY_END
  }

  /**
   * What the function gets next.
   *
   * @param invocations how often it had it
   */
  private record Work(Kind kind, List<SourceRecord> records, int invocations) {}

  private final String shardId;
  private final ShardedStream stream;
  private final StreamMappingOptions options;
  private final MappedFunction function;
  private final MappingListener listener;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final RandomIds ids;
  private final ShardBacklog backlog;
  private final Optional<ShardWindows> windows;

  /** The first is next; more than one only after a bisection or before an early end. */
  private final Deque<Work> work = new ArrayDeque<>();

  private int failuresInARow;
  private long pauseUntil; // epoch milliseconds

  ShardPoller(
      String shardId,
      ShardReader reader,
      ShardedStream stream,
      StreamMappingOptions options,
      MappedFunction function,
      MappingListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.shardId = shardId;
    this.stream = stream;
    this.options = options;
    this.function = function;
    this.listener = listener;
    this.clock = clock;
    this.random = random;
    ids = new RandomIds(random);
    backlog = new ShardBacklog(reader, clock, options.batchSize());
    windows =
        options.tumblingWindow().map(length -> new ShardWindows(length, shardId, stream.arn()));
  }

  /** Whether the shard is closed, and everything of it is done. */
  boolean isFinished() {
    return backlog.shardEnded()
        && backlog.isEmpty()
        && work.isEmpty()
        && windows.flatMap(ShardWindows::open).isEmpty();
  }

  @Override
  public boolean poll() {
    if (clock.millis() < pauseUntil) {
      return false;
    }
    if (work.isEmpty()) {
      int read = backlog.read();
      if (read > 0) {
        listener.received(shardId, read);
      }
      next(read).ifPresent(work::push);
    }
    if (work.isEmpty()) {
      return false;
    }
    attempt(work.getFirst());
    return true;
  }

  private Optional<Work> next(int read) {
    if (windows.isPresent() && windowIsOver(windows.get(), read)) {
      return Optional.of(new Work(Kind.WINDOW_END, List.of(), 0));
    }
    if (backlog.isEmpty()) {
      return Optional.empty();
    }
    SourceRecord first = backlog.first();
    windows.ifPresent(each -> each.openFor(first));
    int frame = windows.map(each -> each.members(false, false).getBytes(UTF_8).length).orElse(0);
    List<SourceRecord> head =
        backlog.head(
            EventJson.RECORDS_BYTES_MAX - frame,
            record -> windows.isEmpty() || !windows.get().isBehind(record));
    if (!backlog.isFull(head)
        && !backlog.shardEnded()
        && backlog.waitedMillis() < options.batchingWindow().toMillis()) {
      return Optional.empty();
    }
    backlog.remove(head.size());
    return Optional.of(new Work(Kind.RECORDS, head, 0));
  }

  private boolean windowIsOver(ShardWindows each, int read) {
    if (each.open().isEmpty()) {
      return false;
    }
    if (!backlog.isEmpty()) {
      return each.isBehind(backlog.first());
    }
    long quietSince = Math.max(each.open().get().end().toEpochMilli(), backlog.lastReadMillis());
    return backlog.shardEnded()
        || read == 0 && clock.millis() >= quietSince + options.windowIdle().toMillis();
  }

  private void attempt(Work current) {
    int old = tooOld(current.records());
    if (old > 0) {
      giveUp(current.records().subList(0, old), FailedBatch.RECORD_AGE_EXCEEDED, current, false);
      replace(current, current.records().subList(old, current.records().size()));
      return;
    }
    String members =
        windows
            .map(
                each ->
                    each.members(
                        current.kind() == Kind.WINDOW_END, current.kind() == Kind.EARLY_END))
            .orElse("");
    byte[] event =
        EventJson.of(current.records().stream().map(SourceRecord::json).toList(), members);
    listener.invoking(shardId, current.records().size());
    LambdaAnswer answer;
    try {
      answer = function.invoke(event);
    } catch (RuntimeException notInvoked) {
      pause();
      listener.failed(shardId, current.records().size(), "not invoked");
      throw notInvoked; // the same batch is next
    }
    Set<String> items =
        current.records().stream().map(SourceRecord::sequenceNumber).collect(Collectors.toSet());
    BatchResponse response =
        BatchResponse.of(
            answer, items, options.reportBatchItemFailures(), options.tumblingWindow().isPresent());
    if (response.trouble().isPresent()) {
      failed(current, response.trouble().get(), !answer.succeeded(), false);
    } else {
      answered(current, response);
    }
  }

  private int tooOld(List<SourceRecord> records) {
    if (options.maximumRecordAge().isEmpty()) {
      return 0;
    }
    Instant oldest = clock.instant().minus(options.maximumRecordAge().get());
    int old = 0;
    while (old < records.size() && records.get(old).arrival().isBefore(oldest)) {
      old++;
    }
    return old;
  }

  /**
   * The function has answered for all of the batch, or for what stands before the first failure.
   */
  private void answered(Work current, BatchResponse response) {
    List<SourceRecord> records = current.records();
    int done = 0; // records come in the order of their numbers: the first failure has the lowest
    while (done < records.size()
        && !response.failed().contains(records.get(done).sequenceNumber())) {
      done++;
    }
    windows.ifPresent(each -> each.state(response.state().orElseThrow()));
    if (done < records.size()) {
      listener.succeeded(shardId, done);
      List<SourceRecord> left = records.subList(done, records.size());
      boolean progress = done > 0; // then this was the first invocation of a batch that begins here
      Work rest = new Work(current.kind(), left, progress ? 0 : current.invocations());
      work.removeFirst();
      work.push(rest);
      failed(rest, "batchItemFailures", false, progress);
      return;
    }
    work.removeFirst();
    failuresInARow = 0;
    listener.succeeded(shardId, done);
    windows.ifPresent(each -> windowAnswered(each, current.kind()));
  }

  private void windowAnswered(ShardWindows each, Kind kind) {
    TumblingWindow window = each.open().orElseThrow();
    switch (kind) {
      case RECORDS -> {
        if (each.stateIsTooLarge()) {
          work.push(new Work(Kind.EARLY_END, List.of(), 0));
        }
      }
      case EARLY_END -> {
        each.begin();
        listener.windowEnded(shardId, window.start(), window.end(), true);
      }
      case WINDOW_END -> {
        each.end();
        listener.windowEnded(shardId, window.start(), window.end(), false);
      }
    }
  }

  private void failed(Work current, String reason, boolean functionError, boolean progress) {
    List<SourceRecord> records = current.records();
    listener.failed(shardId, records.size(), reason);
    var again = new Work(current.kind(), records, current.invocations() + 1);
    boolean exhausted =
        options.maximumRetryAttempts() != StreamMappingOptions.NO_BOUND
            && again.invocations() > options.maximumRetryAttempts();
    if (options.bisectBatchOnFunctionError() && records.size() > 1 && (exhausted || !progress)) {
      bisect(current);
    } else if (exhausted) {
      giveUp(records, FailedBatch.RETRY_ATTEMPTS_EXHAUSTED, again, functionError);
      replace(current, List.of());
    } else {
      work.removeFirst();
      work.push(again);
      pause();
    }
  }

  /** The invocation that has failed counts for neither half. */
  private void bisect(Work current) {
    List<SourceRecord> records = current.records();
    int middle = records.size() / 2;
    work.removeFirst();
    work.push(
        new Work(current.kind(), records.subList(middle, records.size()), current.invocations()));
    work.push(new Work(current.kind(), records.subList(0, middle), current.invocations()));
    listener.bisected(shardId, records.size());
    pause();
  }

  /** Tells the destination first: when that fails, the batch is still there. */
  private void giveUp(
      List<SourceRecord> records, String condition, Work of, boolean functionError) {
    var batch = new FailedBatch(shardId, records, condition, of.invocations(), functionError);
    options
        .onFailure()
        .ifPresent(
            destination ->
                destination.send(batch.json(stream, function, ids.uuid(), clock.instant())));
    listener.discarded(shardId, records.size(), condition);
  }

  /** What is left of the first work; nothing of it is left without records. */
  private void replace(Work current, List<SourceRecord> left) {
    work.removeFirst();
    failuresInARow = 0;
    if (!left.isEmpty()) {
      work.push(new Work(current.kind(), left, current.invocations()));
    } else if (current.kind() == Kind.WINDOW_END) {
      windows.orElseThrow().end();
    } else if (current.kind() == Kind.EARLY_END) {
      windows.orElseThrow().begin();
    }
  }

  private void pause() {
    long most = RETRY_PAUSE_MIN.toMillis() << Math.min(failuresInARow, DOUBLINGS_MAX);
    long bounded = Math.min(most, RETRY_PAUSE_MAX.toMillis());
    pauseUntil = clock.millis() + random.nextLong(bounded / 2, bounded + 1);
    failuresInARow++;
  }
}
