package dev.sluice.fanout;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * When somebody is to be told. Windows are aligned to multiples of their length since 1970 and do
 * not overlap.
 *
 * @param name up to {@value #MAX_NAME_CHARS} lower-case letters, digits, - and _
 * @param above the limit: a share from 0 to 1, requests a second, or flagged lines a window
 * @param minRequests requests below which a window of an error rate says nothing
 * @param errorClasses the first digits of the statuses that are errors
 */
public record AlertRule(
    String name,
    Measure measure,
    double above,
    Scope scope,
    Duration window,
    long minRequests,
    Set<Integer> errorClasses) {
  static final int MAX_NAME_CHARS = 40;

  /** What is held against the limit. */
  public enum Measure {
    /** Errors divided by requests. */
    ERROR_RATE,
    /** Requests divided by the seconds of the window. */
    REQUEST_RATE,
    /** Lines that the anomaly flags of docs/steps.md have marked. */
    ANOMALY
  }

  /** Whose lines are counted together. */
  public enum Scope {
    STREAM,
    HOST
  }

  public AlertRule {
    errorClasses = Set.copyOf(errorClasses);
  }

  /** Everything that decisions depend on, the same text for the same rule in every process. */
  String definition() {
    return String.join(
        " ",
        name,
        measure.name(),
        Double.toString(above),
        scope.name(),
        window.toString(),
        Long.toString(minRequests),
        new TreeSet<>(errorClasses).toString());
  }

  boolean isError(LineFacts line) {
    return errorClasses.contains(line.statusClass());
  }

  /** Number of the window that holds the moment. */
  long window(long seconds) {
    return Math.floorDiv(seconds, window.toSeconds());
  }

  /** When the window ends, seconds since 1970. */
  long end(long windowNumber) {
    return (windowNumber + 1) * window.toSeconds();
  }

  /** What the limit is held against, in the unit of {@link #above}. */
  double value(long requests, long errors, long anomalies) {
    return switch (measure) {
      case ERROR_RATE -> requests == 0 ? 0 : (double) errors / requests;
      case REQUEST_RATE -> (double) requests / window.toSeconds();
      case ANOMALY -> anomalies;
    };
  }

  boolean holdsFor(Tally tally) {
    return (measure != Measure.ERROR_RATE || tally.requests() >= minRequests)
        && value(tally.requests(), tally.errors(), tally.anomalies()) > above;
  }

  /** A value or the limit for a person. */
  String text(double value) {
    return switch (measure) {
      case ERROR_RATE -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
      case REQUEST_RATE -> String.format(Locale.ROOT, "%.2f/s", value);
      case ANOMALY -> String.format(Locale.ROOT, "%.0f", value);
    };
  }

  /** The measure for a person: error rate. */
  String measureText() {
    return measure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
