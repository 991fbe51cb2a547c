package dev.sluice.windows;

import dev.sluice.invocation.BatchItemFailures;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.windows.WindowResults.Counts;
import dev.sluice.windows.WindowResults.Progress;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the changes of one batch into the state of its window. What an invocation answers depends
 * on its event alone, so that a batch which comes again, whole or in halves, gives the same counts;
 * what it stores is either put in place of what the try before has stored, or guarded by the last
 * sequence number that is in it.
 */
final class WindowCounter {
  /** Tries against an earlier invocation of the same batch that is still at work. */
  private static final int MAX_ADVANCES = 5;

  private final WindowResults results;
  private final long maxStateBytes;

  /**
   * @param maxStateBytes a larger state is stored and begins anew; below Lambda's 1 MB
   */
  WindowCounter(WindowResults results, long maxStateBytes) {
    this.results = results;
    this.maxStateBytes = maxStateBytes;
  }

  /**
   * What was done.
   *
   * @param counts the state for the next invocation is in it
   * @param kinds changes of the window by what happened; empty unless it has ended
   * @param items items that changed since the last part was stored
   */
  record Outcome(
      WindowCounts counts,
      BatchItemFailures failures,
      int counted,
      int foreignValues,
      int partsStored,
      boolean ended,
      int items,
      Map<ChangeKind, Long> kinds) {}

  /** Counts until the first change that cannot be read, or until the time is short. */
  Outcome count(WindowEvent event, TimeLeft time) {
    var counts = new WindowCounts(event.state());
    var failures = new BatchItemFailures();
    List<ItemChange> changes = event.changes();
    int counted = 0;
    while (counted < changes.size()) {
      ItemChange change = changes.get(counted);
      if (!change.isReadable() || time.isShort()) {
        failures.add(change.sequenceNumber());
        break;
      }
      counts.add(change.item());
      counted++;
    }
    int foreign = counts.foreignValues();
    boolean ends = failures.isEmpty() && (event.isFinal() || event.isTerminatedEarly());
    if (counted == 0 && !ends) {
      return new Outcome(counts, failures, 0, foreign, 0, false, 0, Map.of());
    }
    Progress progress = advance(event.key(), changes.subList(0, counted));
    int items = counts.counts().size();
    int parts = 0;
    if (ends && event.isTerminatedEarly() && !event.isFinal()) {
      parts = endEarly(event, counts, progress);
    } else if (ends) {
      parts = storeAllButLast(event.key(), counts, progress);
      results.end(event.key(), new Counts(counts.parts(), counts.counts()));
    } else if (counts.bytes() > maxStateBytes) {
      parts = store(event.key(), counts, progress, 0);
    }
    return new Outcome(
        counts, failures, counted, foreign, parts, ends, items, ends ? progress.kinds() : Map.of());
  }

  /** Adds what happened in changes that the table does not know yet. */
  private Progress advance(WindowKey window, List<ItemChange> changes) {
    for (int i = 0; i < MAX_ADVANCES; i++) {
      Progress before = results.progress(window);
      Progress after = after(before, changes);
      if (after.equals(before) || results.advance(window, before, after)) {
        return after;
      }
    }
    throw new IllegalStateException("the result is being changed by other invocations");
  }

  private static Progress after(Progress before, List<ItemChange> changes) {
    var kinds = new EnumMap<ChangeKind, Long>(ChangeKind.class);
    kinds.putAll(before.kinds());
    String last = before.lastSequenceNumber();
    for (ItemChange change : changes) {
      if (change.isAfter(last)) {
        kinds.merge(change.kind(), 1L, Long::sum);
        last = change.sequenceNumber();
      }
    }
    return new Progress(last, before.earlyEnd(), kinds);
  }

  /** A state that was stored by an invocation whose answer was lost is not stored again. */
  private int endEarly(WindowEvent event, WindowCounts counts, Progress progress) {
    String end = progress.lastSequenceNumber();
    int parts = 0;
    if (!end.equals(progress.earlyEnd())) {
      parts = storeAllButLast(event.key(), counts, progress);
      results.endEarly(event.key(), end, new Counts(counts.parts(), counts.counts()));
      var ended = new Progress(progress.lastSequenceNumber(), end, progress.kinds());
      if (!results.advance(event.key(), progress, ended)) {
        throw new IllegalStateException("the result is being changed by another invocation");
      }
    }
    counts.begin();
    return parts;
  }

  private int storeAllButLast(WindowKey window, WindowCounts counts, Progress progress) {
    return store(window, counts, progress, 1);
  }

  /** Stores counts in parts; leaves in the state as many maps of them as are told. */
  private int store(WindowKey window, WindowCounts counts, Progress progress, int left) {
    List<Map<String, BigInteger>> maps = CountParts.of(counts.counts());
    int number = counts.parts();
    int stored = Math.max(0, maps.size() - left);
    for (Map<String, BigInteger> map : maps.subList(0, stored)) {
      number++;
      results.putPart(window, progress.earlyEnd(), number, map);
    }
    if (stored > 0) {
      counts.storedIn(number, stored == maps.size() ? Map.of() : maps.get(stored));
    }
    return stored;
  }
}
