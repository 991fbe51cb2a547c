package dev.sluice.system;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.Outage;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of twenty minutes, or a few more, with ids, in which everything can be parsed, and with two
 * minutes of errors.
 *
 * @param start full minute
 */
record ModesLog(long seed, long firstId, int lines, Instant start, Duration calmBefore) {

  static final Duration FAILING = Duration.ofMinutes(2);

  private static final Duration MEAN_GAP = Duration.ofMillis(300);
  private static final double FAILING_SHARE = 0.5;
  private static final int VISITORS = 500;

  /** Timestamp and status; of a request every byte behind a backslash is its own. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}:[^]]+)] \"(?:[^\"\\\\]|\\\\.)*+\" (\\d)\\d\\d ",
          Pattern.DOTALL);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  private SyntheticAccessLog log() {
    return new SyntheticAccessLog(
        seed,
        AccessLogOptions.defaults()
            .withIdsFrom(firstId)
            .withBrokenShare(0)
            .withVisitors(VISITORS)
            .withStart(start)
            .withMeanGap(MEAN_GAP)
            .withOutage(new Outage(failsFrom(), FAILING, FAILING_SHARE)));
  }

  Instant failsFrom() {
    return start.plus(calmBefore);
  }

  InputStream open() {
    return log().asInputStream(lines);
  }

  /** The same log in two pieces; the first is to be read before the second. */
  InputStream[] openInTwo(int linesOfFirst) {
    SyntheticAccessLog log = log();
    return new InputStream[] {
      log.asInputStream(linesOfFirst), log.asInputStream(lines - linesOfFirst)
    };
  }

  /** Requests of each minute, by its start. */
  Map<Instant, Long> minutes() {
    var minutes = new TreeMap<Instant, Long>();
    var log = log();
    for (int i = 0; i < lines; i++) {
      SyntheticLine line = log.next();
      Matcher found = LINE.matcher(new String(line.bytes(), StandardCharsets.ISO_8859_1));
      if (!found.find()) {
        throw new IllegalStateException("no time in line " + line.id());
      }
      Instant at = OffsetDateTime.parse(found.group(1), TIME).toInstant();
      minutes.merge(at.truncatedTo(ChronoUnit.MINUTES), 1L, Long::sum);
    }
    return minutes;
  }
}
