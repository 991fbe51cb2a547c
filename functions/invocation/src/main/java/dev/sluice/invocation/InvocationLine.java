package dev.sluice.invocation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is told about one invocation: words and numbers, and never a record. */
public final class InvocationLine {
  private final Instant timestamp;
  private final String requestId;
  private final String eventType;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> reasons = new LinkedHashMap<>();
  private Duration duration = Duration.ZERO;
  private long processed;
  private long failed;
  private Throwable failure;

  /**
   * A number.
   *
   * @param unit as CloudWatch names it
   */
  record Figure(long value, String unit) {
    static Figure count(long value) {
      return new Figure(value, "Count");
    }
  }

  /**
   * @param eventType where the records come from, such as {@code dynamodb}
   */
  public InvocationLine(Instant timestamp, String requestId, String eventType) {
    this.timestamp = timestamp;
    this.requestId = requestId;
    this.eventType = eventType;
  }

  /** Adds a word of ours. */
  public InvocationLine text(String name, String value) {
    texts.put(name, value);
    return this;
  }

  /** Adds how many there were of something, which becomes a metric too. */
  public InvocationLine count(String name, long value) {
    return figure(name, Figure.count(value));
  }

  /** Adds a size, which becomes a metric too. */
  public InvocationLine bytes(String name, long value) {
    return figure(name, new Figure(value, "Bytes"));
  }

  /** Adds a number of another kind, which its name has to tell; it becomes a metric too. */
  public InvocationLine value(String name, long value) {
    return figure(name, new Figure(value, "None"));
  }

  private InvocationLine figure(String name, Figure figure) {
    figures.put(name, figure);
    return this;
  }

  /**
   * Adds how often each reason occurred, by its name in small letters; nothing where none did. They
   * are no metrics, so that nobody pays for those that never occur.
   */
  public InvocationLine reasons(String name, Map<? extends Enum<?>, Long> occurred) {
    if (!occurred.isEmpty()) {
      var byName = new LinkedHashMap<String, Long>();
      occurred.forEach(
          (reason, count) -> byName.put(reason.name().toLowerCase(Locale.ROOT), count));
      reasons.put(name, byName);
    }
    return this;
  }

  /** Tells how long it took and what became of the records. */
  public InvocationLine ended(Duration newDuration, long newProcessed, long newFailed) {
    duration = newDuration;
    processed = newProcessed;
    failed = newFailed;
    return this;
  }

  /** Tells what ended the invocation. */
  public InvocationLine failure(Throwable newFailure) {
    failure = newFailure;
    return this;
  }

  Instant timestamp() {
    return timestamp;
  }

  String requestId() {
    return requestId;
  }

  String eventType() {
    return eventType;
  }

  Map<String, String> texts() {
    return texts;
  }

  Map<String, Figure> figures() {
    return figures;
  }

  Map<String, Map<String, Long>> reasons() {
    return reasons;
  }

  Duration duration() {
    return duration;
  }

  long processed() {
    return processed;
  }

  long failed() {
    return failed;
  }

  Throwable failure() {
    return failure;
  }
}
