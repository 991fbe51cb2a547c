package dev.sluice.invocation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is told about one invocation: words and numbers, and never a record. */
public final class InvocationLine {
  private final Instant timestamp;
  private final String requestId;
  private final String eventType;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private Duration duration = Duration.ZERO;
  private long processed;
  private long failed;
  private Throwable failure;

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

  /** Adds a number, which becomes a metric too. */
  public InvocationLine count(String name, long value) {
    counts.put(name, value);
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

  Map<String, Long> counts() {
    return counts;
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
