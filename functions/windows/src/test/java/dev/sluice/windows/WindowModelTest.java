package dev.sluice.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.invocation.TimeLeft;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The function as Lambda drives it: batches that fail before, in or after the work and come again,
 * whole or in halves, with the state of the invocation before; the sum of the results is the truth.
 */
class WindowModelTest {
  private static final long SEED = 20_261_123;
  private static final int RUNS = 300;
  private static final int WINDOWS = 4;
  private static final int MAX_BATCH = 30;
  private static final TimeLeft TIME = new TimeLeft(() -> 60_000, Duration.ZERO);

  private final Random random = new Random(SEED);
  private MemoryResults results;
  private ObjectNode state;
  private long sequence;

  /** The table, which does not answer one time in ten, before or after it has done its work. */
  private final class Unreliable implements WindowResults {
    private void mayFail() {
      if (random.nextInt(20) == 0) {
        throw new IllegalStateException("injected");
      }
    }

    @Override
    public Progress progress(WindowKey window) {
      mayFail();
      return results.progress(window);
    }

    @Override
    public boolean advance(WindowKey window, Progress before, Progress after) {
      mayFail();
      boolean advanced = results.advance(window, before, after);
      mayFail();
      return advanced;
    }

    @Override
    public void putPart(
        WindowKey window, String earlyEnd, int number, Map<String, BigInteger> counts) {
      mayFail();
      results.putPart(window, earlyEnd, number, counts);
      mayFail();
    }

    @Override
    public void end(WindowKey window, Counts counts) {
      mayFail();
      results.end(window, counts);
      mayFail();
    }

    @Override
    public void endEarly(WindowKey window, String sequenceNumber, Counts counts) {
      mayFail();
      results.endEarly(window, sequenceNumber, counts);
      mayFail();
    }
  }

  @Test
  void theSumOfTheResultsIsTheTruthWhateverFails() {
    for (int run = 0; run < RUNS; run++) {
      results = new MemoryResults();
      var counter = new WindowCounter(new Unreliable(), 400);
      var truth = new HashMap<String, BigInteger>();
      var kinds = new HashMap<ChangeKind, Long>();
      for (int window = 0; window < WINDOWS; window++) {
        var key = new WindowKey("w" + window, "w" + (window + 1), "shard-1");
        state = JsonNodeFactory.instance.objectNode();
        for (int batch = random.nextInt(8); batch >= 0; batch--) {
          List<ItemChange> changes = changes(truth, kinds);
          boolean early = !changes.isEmpty() && random.nextInt(12) == 0;
          deliver(counter, key, changes, false, early);
        }
        deliver(counter, key, List.of(), true, false);
      }
      assertThat(results.sums()).as("run %d", run).isEqualTo(truth);
      assertThat(results.kinds()).as("run %d", run).isEqualTo(kinds);
    }
  }

  /** Until it succeeds; a batch that failed may be cut in two, as an event source mapping does. */
  private void deliver(
      WindowCounter counter, WindowKey key, List<ItemChange> changes, boolean last, boolean early) {
    boolean failed = false;
    while (true) {
      if (failed && !early && changes.size() > 1 && random.nextBoolean()) {
        int half = changes.size() / 2;
        deliver(counter, key, changes.subList(0, half), false, false);
        deliver(counter, key, changes.subList(half, changes.size()), last, false);
        return;
      }
      ObjectNode before = state.deepCopy();
      try {
        var outcome = counter.count(new WindowEvent(key, changes, before, last, early), TIME);
        assertThat(outcome.failures().isEmpty()).isTrue();
        if (random.nextInt(10) == 0) {
          throw new IllegalStateException("the answer is lost");
        }
        state = outcome.counts().state();
        return;
      } catch (IllegalStateException injected) {
        failed = true;
      }
    }
  }

  private List<ItemChange> changes(Map<String, BigInteger> truth, Map<ChangeKind, Long> kinds) {
    var changes = new ArrayList<ItemChange>();
    for (int i = random.nextInt(MAX_BATCH); i > 0; i--) {
      sequence += 1 + random.nextInt(5);
      var change =
          new ItemChange(
              "item-" + random.nextInt(25),
              ChangeKind.values()[random.nextInt(ChangeKind.values().length)],
              Long.toString(sequence));
      changes.add(change);
      truth.merge(change.item(), BigInteger.ONE, BigInteger::add);
      kinds.merge(change.kind(), 1L, Long::sum);
    }
    return changes;
  }
}
