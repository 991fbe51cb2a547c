package dev.sluice.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which fields a query of Logs Insights reads, and which there are. */
final class QueryFields {
  private static final Pattern WORD = Pattern.compile("@?[A-Za-z_][A-Za-z0-9_.]*");
  private static final Pattern CONSTANT = Pattern.compile("(?m)^ {2}([A-Z][A-Z0-9_]+)[,;(]?$");
  private static final Set<String> KEYWORDS =
      Set.of(
          "filter", "fields", "stats", "sort", "by", "as", "asc", "desc", "and", "or", "not",
          "limit");

  /**
   * What Lambda's REPORT lines become.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html">
   *     Supported logs and discovered fields</a>
   */
  private static final Set<String> DISCOVERED =
      Set.of(
          "@timestamp",
          "@message",
          "@log",
          "@logStream",
          "@type",
          "@requestId",
          "@duration",
          "@billedDuration",
          "@initDuration",
          "@memorySize",
          "@maxMemoryUsed");

  private QueryFields() {}

  /** Fields that a query reads and that nothing has. */
  static Set<String> unknown(String query, Set<String> known) {
    var unknown = new TreeSet<String>();
    var aliases = new HashSet<String>();
    String text = query.replaceAll("\"[^\"]*\"", " ").replaceAll("\\bbin\\([^)]*\\)", " ");
    Matcher words = WORD.matcher(text);
    String before = "";
    while (words.find()) {
      String word = words.group();
      boolean function = words.end() < text.length() && text.charAt(words.end()) == '(';
      if (before.equals("as")) {
        aliases.add(word);
      } else if (!function
          && !KEYWORDS.contains(word)
          && !aliases.contains(word)
          && !known.contains(word)) {
        unknown.add(word);
      }
      before = word;
    }
    return unknown;
  }

  /** Of the functions' log lines: metrics by name, and what docs/metrics.md says that they have. */
  static Set<String> ofFunctions() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "metrics.md"));
    var known = new HashSet<>(DISCOVERED);
    for (EmittedMetrics.Emitted metric : EmittedMetrics.read(page)) {
      if (metric.key().contains("function=") || metric.key().contains("delivery_stream")) {
        known.add(metric.name());
      }
    }
    String beside = page.substring(page.indexOf("The log line of an invocation is JSON"));
    beside = beside.substring(0, beside.indexOf("\n\n"));
    Matcher quoted = Pattern.compile("`([a-z_]+)`").matcher(beside);
    while (quoted.find()) {
      known.add(quoted.group(1));
    }
    String core = "../enricher/core/src/main/java/dev/sluice/enricher/RejectReason.java";
    for (String reason : constants(Path.of(core))) {
      known.add("rejected_by_reason." + reason);
    }
    String firehose =
        "../firehose-transform/src/main/java/dev/sluice/firehose/record/FailureReason.java";
    for (String reason : constants(Path.of(firehose))) {
      known.add("failed_by_reason." + reason);
    }
    return known;
  }

  /** Constants of an enum in small letters, as the log lines have them. */
  static Set<String> constants(Path source) throws IOException {
    var names = new TreeSet<String>();
    Matcher matcher = CONSTANT.matcher(Files.readString(source));
    while (matcher.find()) {
      names.add(matcher.group(1).toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /**
   * Of the consumer's log lines: those that its logback.xml leaves in Logback's JSON.
   *
   * @see <a href="https://logback.qos.ch/manual/encoders.html#JsonEncoder">JsonEncoder</a>
   */
  static Set<String> ofConsumer() throws IOException {
    String settings = Files.readString(Path.of("../enricher/consumer/operations/logback.xml"));
    var known = new HashSet<>(DISCOVERED);
    known.addAll(Set.of("timestamp", "level", "threadName", "loggerName", "throwable"));
    if (settings.contains("<withFormattedMessage>true</withFormattedMessage>")) {
      known.add("formattedMessage");
    }
    return known;
  }
}
