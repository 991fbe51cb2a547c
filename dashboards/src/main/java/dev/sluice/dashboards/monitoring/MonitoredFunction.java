package dev.sluice.dashboards.monitoring;

import java.util.Optional;

/** The Lambda functions, each with a name and a time-out of the template's parameters. */
public enum MonitoredFunction {
  FIREHOSE("Firehose", "Firehose function", 60, false, false),
  ALERTS("FanOutAlerts", "fan-out function in mode alerts", 60, true, true),
  ENRICH("FanOutEnrich", "fan-out function in mode enrich", 60, true, true),
  COUNTS("FanOutMetrics", "fan-out function in mode metrics", 60, true, true),
  FILES("Files", "files function", 60, false, true),
  TWEETS("Tweets", "tweets function", 60, true, false),
  REGISTRATIONS("Registrations", "registrations function", 60, false, false),
  WINDOWS("Windows", "windows function", 60, true, false);

  /**
   * Hours that a DynamoDB stream keeps its records, for all tables (AWS, "Change data capture").
   */
  private static final String DYNAMODB_STREAM_HOURS = "24";

  private final String id;
  private final String words;
  private final int usualTimeout;
  private final boolean readsStream;
  private final boolean countsLines;
  private final Parameter nameParameter;
  private final Parameter timeoutParameter;

  MonitoredFunction(
      String id, String words, int usualTimeout, boolean readsStream, boolean countsLines) {
    this.id = id;
    this.words = words;
    this.usualTimeout = usualTimeout;
    this.readsStream = readsStream;
    this.countsLines = countsLines;
    nameParameter = Parameters.function(this);
    timeoutParameter = Parameters.timeout(this);
  }

  /** How the names of its parameters and alarms begin. */
  public String id() {
    return id;
  }

  /** What it is called in a sentence, behind "the". */
  public String words() {
    return words;
  }

  /** Seconds. */
  int usualTimeout() {
    return usualTimeout;
  }

  /** Parameter with its name. */
  public Parameter functionName() {
    return nameParameter;
  }

  /** Parameter with its time-out in seconds. */
  public Parameter timeout() {
    return timeoutParameter;
  }

  /** Whether its records lie in a stream, shard by shard. */
  public boolean readsStream() {
    return readsStream;
  }

  /** Whether it reads the stream with the log lines, which the template's parameters must name. */
  public boolean readsLogStream() {
    return this == ALERTS || this == ENRICH || this == COUNTS;
  }

  /** Whether its metrics tell of lines beside records. */
  public boolean countsLines() {
    return countsLines;
  }

  /** Whether it opens GeoIP2 databases. */
  public boolean opensDatabases() {
    return this == FIREHOSE || countsLines;
  }

  /** Hours that its stream keeps a record, as a text of {@code Fn::Sub}; none without a stream. */
  public Optional<String> retentionHours() {
    if (readsLogStream()) {
      return Optional.of(Parameters.RETENTION.value());
    }
    return switch (this) {
      case TWEETS -> Optional.of(Parameters.TWEETS_RETENTION.value());
      case WINDOWS -> Optional.of(DYNAMODB_STREAM_HOURS);
      default -> Optional.empty();
    };
  }

  /** Namespace of its own metrics. */
  public String namespace() {
    return this == FIREHOSE
        ? Parameters.FIREHOSE_NAMESPACE.value()
        : Parameters.FUNCTION_NAMESPACE.value();
  }

  /** The one dimension of its own metrics. */
  public String dimension() {
    return this == FIREHOSE ? "delivery_stream" : "function";
  }

  /** The value of that dimension. */
  public String dimensionValue() {
    return this == FIREHOSE ? Parameters.DELIVERY_STREAM.value() : nameParameter.value();
  }
}
