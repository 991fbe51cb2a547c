package dev.sluice.dashboards.queries;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries of Logs Insights that lie beside the alarms. They read the fields of the functions'
 * log lines (docs/metrics.md) and of the consumer's, and what Lambda reports of each invocation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html">Query
 *     syntax</a>
 */
public enum SavedQuery {
  DURATION(
      "duration",
      "mean, p95, p99 and longest duration of each function, every 5 minutes",
      Logs.FUNCTIONS,
      """
      filter ispresent(duration_ms)
      | fields coalesce(function, delivery_stream) as name
      | stats count(*) as invocations, avg(duration_ms) as average_ms, pct(duration_ms, 95) as p95_ms, \
      pct(duration_ms, 99) as p99_ms, max(duration_ms) as max_ms by name, bin(5m)
      | sort name asc"""),
  ANOMALIES(
      "anomalies",
      "times in which the longest invocation is more than three deviations above the mean, or records failed",
      Logs.FUNCTIONS,
      """
      filter ispresent(duration_ms)
      | fields coalesce(function, delivery_stream) as name
      | stats count(*) as invocations, avg(duration_ms) as average_ms, stddev(duration_ms) as deviation_ms, \
      max(duration_ms) as max_ms, sum(records_failed) as failed by name, bin(5m)
      | filter max_ms > average_ms + 3 * deviation_ms or failed > 0
      | sort max_ms desc"""),
  ERRORS_BY_REASON(
      "errors-by-reason",
      "invocations that warned or failed, by level and reason, with the newest request id",
      Logs.FUNCTIONS,
      """
      filter level = "WARN" or level = "ERROR"
      | fields coalesce(function, delivery_stream) as name, coalesce(error, trouble, "see the counts") as reason
      | stats count(*) as invocations, sum(records_failed) as failed, latest(request_id) as newest \
      by name, level, reason
      | sort invocations desc"""),
  FAILED_RECORDS_BY_REASON(
      "failed-records-by-reason",
      "records that Firehose got back as failed, by reason",
      Logs.FIREHOSE,
      "filter records_failed > 0\n| stats sum(records_failed) as failed, "
          + sums("failed_by_reason", failures())
          + " by bin(1h)"),
  REJECTS_BY_REASON(
      "rejects-by-reason",
      "rejected lines, by reason",
      Logs.FUNCTIONS,
      "filter lines_rejected > 0\n"
          + "| fields coalesce(function, delivery_stream) as name\n"
          + "| stats sum(lines_rejected) as rejected, "
          + sums("rejected_by_reason", rejects())
          + " by name, bin(1h)"),
  COLD_STARTS(
      "cold-starts",
      "cold starts, their share, how long they took, and the memory used",
      Logs.FUNCTIONS,
      """
      filter @type = "REPORT"
      | stats count(*) as invocations, count(@initDuration) as cold_starts, \
      100 * count(@initDuration) / count(*) as percent, avg(@initDuration) as average_ms, \
      max(@initDuration) as max_ms, max(@maxMemoryUsed) / 1000000 as memory_mb by @log, bin(1h)"""),
  CONSUMER_WARNINGS(
      "consumer-warnings",
      "warnings and errors of the consumer, by who said them",
      Logs.CONSUMER,
      """
      filter level = "WARN" or level = "ERROR"
      | stats count(*) as lines, latest(formattedMessage) as newest by level, loggerName
      | sort lines desc""");

  /** Whose log lines a query reads. */
  public enum Logs {
    FUNCTIONS("all functions"),
    FIREHOSE("Firehose function"),
    CONSUMER("consumer");

    private final String words;

    Logs(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private final String title;
  private final String tells;
  private final Logs logs;
  private final String text;

  SavedQuery(String title, String tells, Logs logs, String text) {
    this.title = title;
    this.tells = tells;
    this.logs = logs;
    this.text = text;
  }

  /** Its name behind that of the stack. */
  public String title() {
    return title;
  }

  /** What it answers. */
  public String tells() {
    return tells;
  }

  public Logs logs() {
    return logs;
  }

  public String text() {
    return text;
  }

  /** Why the Firehose function fails a record: docs/firehose.md. */
  private static List<String> failures() {
    return List.of(
        "no_data",
        "bad_base64",
        "damaged_compression",
        "expanded_too_large",
        "rejected_lines",
        "output_too_large",
        "no_room",
        "dead_letters_refused");
  }

  /** Why a line is rejected: docs/format.md. */
  private static List<String> rejects() {
    return List.of(
        "empty_line",
        "line_too_long",
        "truncated",
        "bad_host",
        "bad_identity",
        "bad_user",
        "bad_timestamp",
        "bad_request",
        "bad_status",
        "bad_bytes",
        "bad_referer",
        "bad_user_agent",
        "bad_field",
        "unterminated_quote",
        "trailing_bytes",
        "bad_json",
        "bad_value",
        "unsupported_schema_version",
        "schema_violation");
  }

  private static String sums(String object, List<String> members) {
    return members.stream()
        .map(member -> "sum(" + object + "." + member + ") as " + member)
        .collect(Collectors.joining(", "));
  }
}
