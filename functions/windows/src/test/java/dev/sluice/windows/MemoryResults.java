package dev.sluice.windows;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** Results in memory, added up the way that somebody who reads the table would. */
final class MemoryResults implements WindowResults {
  private final Map<WindowKey, Progress> progress = new HashMap<>();
  private final Map<String, Map<String, BigInteger>> parts = new HashMap<>();
  private final Map<String, Counts> ends = new HashMap<>();
  private final Map<String, String> partsOfEnds = new HashMap<>();

  @Override
  public Progress progress(WindowKey window) {
    return progress.getOrDefault(window, Progress.NONE);
  }

  @Override
  public boolean advance(WindowKey window, Progress before, Progress after) {
    if (!progress(window).equals(before)) {
      return false;
    }
    progress.put(window, after);
    return true;
  }

  @Override
  public void putPart(
      WindowKey window, String earlyEnd, int number, Map<String, BigInteger> counts) {
    parts.put(window + earlyEnd + "#" + number, counts);
  }

  @Override
  public void end(WindowKey window, Counts counts) {
    ends.put(window + "#", counts);
    partsOfEnds.put(window + "#", window + progress(window).earlyEnd());
  }

  @Override
  public void endEarly(WindowKey window, String sequenceNumber, Counts counts) {
    String end = window + "#" + sequenceNumber;
    ends.put(end, counts);
    partsOfEnds.put(end, window + progress(window).earlyEnd());
  }

  int ended() {
    return ends.size();
  }

  /** Sum of all results by item. */
  Map<String, BigInteger> sums() {
    var sums = new HashMap<String, BigInteger>();
    ends.forEach(
        (end, counts) -> {
          add(counts.rest(), sums);
          for (int number = 1; number <= counts.parts(); number++) {
            add(parts.get(partsOfEnds.get(end) + "#" + number), sums);
          }
        });
    return sums;
  }

  /** Sum over all windows of what happened. */
  Map<ChangeKind, Long> kinds() {
    var kinds = new HashMap<ChangeKind, Long>();
    progress
        .values()
        .forEach(known -> known.kinds().forEach((kind, n) -> kinds.merge(kind, n, Long::sum)));
    return kinds;
  }

  private static void add(Map<String, BigInteger> counts, Map<String, BigInteger> sums) {
    counts.forEach((item, count) -> sums.merge(item, count, BigInteger::add));
  }
}
