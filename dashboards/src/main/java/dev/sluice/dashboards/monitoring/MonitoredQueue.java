package dev.sluice.dashboards.monitoring;

/** The queues: those that wait for a person, and those that wait for a function. */
public enum MonitoredQueue {
  FIREHOSE_DEAD_LETTERS("FirehoseDeadLetterQueue", "Firehose function's dead letters", true),
  CONSUMER_DEAD_LETTERS("ConsumerDeadLetterQueue", "consumer's rejected lines", true),
  FAN_OUT_FAILURES("FanOutFailureQueue", "fan-out functions' failed batches", true),
  FILES_ERRORS("FilesErrorQueue", "files function's failed files", true),
  TWEETS_FAILURES("TweetsFailureQueue", "tweets function's failed batches", true),
  TWEETS_DEAD_LETTERS(
      "TweetsDeadLetterQueue", "tweets function's records that are no message", true),
  REGISTRATIONS_DEAD_LETTERS(
      "RegistrationsDeadLetterQueue", "registrations that could not be made", true),
  WINDOWS_FAILURES("WindowsFailureQueue", "windows function's failed batches", true),
  FILES_EVENTS("FilesQueue", "uploads that wait for the files function", false),
  REGISTRATIONS("RegistrationsQueue", "registrations that wait for their function", false);

  private final String words;
  private final boolean waitsForPerson;
  private final Parameter parameter;

  MonitoredQueue(String id, String words, boolean waitsForPerson) {
    this.words = words;
    this.waitsForPerson = waitsForPerson;
    parameter = Parameters.queue(id, "Queue with the " + words + ".");
  }

  /** What lies in it, behind "the". */
  public String words() {
    return words;
  }

  /** Whether nothing should be in it. */
  public boolean waitsForPerson() {
    return waitsForPerson;
  }

  /** Parameter with its name. */
  public Parameter parameter() {
    return parameter;
  }
}
