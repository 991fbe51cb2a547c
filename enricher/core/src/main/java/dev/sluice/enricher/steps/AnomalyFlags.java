package dev.sluice.enricher.steps;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import java.util.Arrays;

/**
 * Flags lines of hosts whose requests or errors are out of the ordinary. Counts each host's
 * requests and errors (statuses from 400) in windows of event time, and holds the counts so far of
 * the present window against the host's baseline; against the baseline of all hosts while its own
 * is young.
 *
 * <p>Remembers a fixed number of hosts, by a 64-bit hash of their text, in sets of {@value #WAYS}:
 * a new host takes the place of the one in its set that was seen least recently. Allocates nothing
 * for a line. What it answers depends on the lines before, in their order; not thread-safe.
 */
final class AnomalyFlags {
  static final int WAYS = 8;

  /** Windows without a request after which a host's past is forgotten. */
  static final int MAX_EMPTY_WINDOWS = 60;

  /** A line older than its host's present window by more than this begins a new past. */
  static final int MAX_LATE_WINDOWS = 5;

  private static final int FIRST_ERROR_STATUS = '4';
  private static final long NO_WINDOW = Long.MIN_VALUE;

  private final long windowSeconds;
  private final int minRequests;
  private final Baseline baseline;
  private final int sets;
  private final long[] keys;
  private final long[] seen; // number of the line that saw the host last, 0 for an empty place
  private final long[] windows;
  private final int[] requests;
  private final int[] errors;
  private final double[] baselines;
  private final AllHosts everybody;
  private long lines;
  private long lastSeconds = EventTime.UNKNOWN;

  AnomalyFlags(AnomalySettings settings) {
    windowSeconds = settings.window().toSeconds();
    minRequests = settings.minRequests();
    baseline = new Baseline(settings);
    everybody = new AllHosts(baseline);
    sets = Math.max(1, (settings.hosts() + WAYS - 1) / WAYS);
    int places = sets * WAYS;
    keys = new long[places];
    seen = new long[places];
    windows = new long[places];
    requests = new int[places];
    errors = new int[places];
    baselines = new double[places * Baseline.SIZE];
    Arrays.fill(windows, NO_WINDOW);
  }

  /** Counts the line, and adds its warnings. */
  void look(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    long seconds = EventTime.epochSeconds(fields);
    seconds = seconds == EventTime.UNKNOWN ? lastSeconds : seconds;
    if (seconds == EventTime.UNKNOWN || fields.isMissing(Field.REMOTE_HOST)) {
      return;
    }
    lastSeconds = seconds;
    int place = place(key(fields));
    seen[place] = ++lines;
    long window = Math.floorDiv(seconds, windowSeconds);
    if (!enter(place, window)) {
      return;
    }
    boolean error = isError(fields);
    everybody.count(window, requests[place], error);
    requests[place]++;
    errors[place] += error ? 1 : 0;
    flag(line, place);
  }

  private void flag(EnrichedLine line, int place) {
    if (requests[place] < minRequests) {
      return;
    }
    boolean own = baseline.isReady(baselines, place * Baseline.SIZE);
    double[] numbers = own ? baselines : everybody.numbers();
    int at = own ? place * Baseline.SIZE : 0;
    if (!baseline.isReady(numbers, at)) {
      return;
    }
    line.warnings()
        .addUnless(
            !baseline.isRequestRateHigh(numbers, at, requests[place]),
            Warning.ANOMALOUS_REQUEST_RATE);
    line.warnings()
        .addUnless(
            !baseline.isErrorRateHigh(numbers, at, requests[place], errors[place]),
            Warning.ANOMALOUS_ERROR_RATE);
  }

  private static boolean isError(AccessLogLine fields) {
    return !fields.isMissing(Field.STATUS)
        && fields.buffer()[fields.from(Field.STATUS)] >= FIRST_ERROR_STATUS;
  }

  /**
   * Makes {@code window} the present one of the host, and what is over part of the baselines.
   *
   * @return false for a line that comes too late to be counted
   */
  private boolean enter(int place, long window) {
    long present = windows[place];
    if (present == window) {
      return true;
    }
    if (present != NO_WINDOW && window < present && present - window <= MAX_LATE_WINDOWS) {
      return false;
    }
    if (present == NO_WINDOW || window < present || window - present > MAX_EMPTY_WINDOWS) {
      baseline.reset(baselines, place * Baseline.SIZE);
    } else {
      baseline.add(baselines, place * Baseline.SIZE, requests[place], errors[place], 0);
      for (long empty = present + 1; empty < window; empty++) {
        baseline.add(baselines, place * Baseline.SIZE, 0, 0, 0);
      }
    }
    windows[place] = window;
    requests[place] = 0;
    errors[place] = 0;
    return true;
  }

  /** The place of the host, where it is new after whoever was there has been forgotten. */
  private int place(long key) {
    int first = (int) Math.floorMod(key, (long) sets) * WAYS;
    int oldest = first;
    for (int place = first; place < first + WAYS; place++) {
      if (keys[place] == key && seen[place] != 0) {
        return place;
      }
      if (seen[place] < seen[oldest]) {
        oldest = place;
      }
    }
    keys[oldest] = key;
    windows[oldest] = NO_WINDOW;
    return oldest;
  }

  private static long key(AccessLogLine fields) {
    int from = fields.from(Field.REMOTE_HOST);
    return Sample.hash(fields.buffer(), from, fields.to(Field.REMOTE_HOST));
  }
}
