package dev.sluice.jmh.corpus;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the benchmarks run over: well-formed Combined lines, the same ones every time. Their
 * addresses are in the {@linkplain GeoDatabase full-size database} apart from a few per cent.
 */
public enum Corpus {
  /** A public website: 5,000 addresses, a few hundred user agents. */
  BROWSERS,
  /** Addresses drawn from 200,000 by Zipf's law, more than the caches hold. */
  ZIPF,
  /** Crawlers, feed readers and tools only: what user-agent parsers are slowest at. */
  BOTS,
  /** No address and no user agent ever comes twice: no cache helps. */
  HOSTILE,
  /**
   * The skew of a real log of 10,000 lines: about 1,750 addresses and 560 user agents. With {@value
   * #REAL_LOG} set to a Combined log, that log itself.
   */
  REAL;

  /** System property: a Combined log to take in place of the synthetic {@link #REAL}. */
  public static final String REAL_LOG = "sluice.real.log";

  private static final long SEED = 20_251_120;
  private static final int ZIPF_ADDRESSES = 200_000;
  private static final int BROWSER_LINES = 50_000;
  private static final int ZIPF_LINES = 200_000;
  private static final int BOT_LINES = 20_000;
  private static final int HOSTILE_LINES = 20_000;
  private static final int REAL_LINES = 10_000;
  private static final int REAL_VISITORS = 2_250;

  /** The corpus of a parameter's value, such as {@code zipf}. */
  public static Corpus named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in parameters and results, such as {@code zipf}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Lines lines() {
    return switch (this) {
      case BROWSERS -> take(BROWSER_LINES, log(AccessLogOptions.defaults().visitors()));
      case ZIPF -> take(ZIPF_LINES, zipfLog());
      case BOTS -> bots();
      case HOSTILE -> hostile();
      case REAL -> real();
    };
  }

  /** The log that {@link #ZIPF} is the start of. */
  public static SyntheticAccessLog zipfLog() {
    return log(ZIPF_ADDRESSES);
  }

  private static SyntheticAccessLog log(int visitors) {
    return new SyntheticAccessLog(
        SEED,
        AccessLogOptions.defaults().withOddShare(0).withBrokenShare(0).withVisitors(visitors));
  }

  private static Lines take(int count, SyntheticAccessLog log) {
    var lines = new LinesBuilder();
    for (int i = 0; i < count; i++) {
      lines.add(log.nextLine());
    }
    return lines.build();
  }

  private static Lines bots() {
    var lines = new LinesBuilder();
    var agents = new VariedAgents(SEED);
    SyntheticAccessLog log = log(AccessLogOptions.defaults().visitors());
    for (int i = 0; i < BOT_LINES; ) {
      byte[] line = log.nextLine();
      if (VariedAgents.isMachine(line)) {
        lines.add(agents.withOtherVersion(line));
        i++;
      }
    }
    return lines.build();
  }

  private static Lines hostile() {
    var lines = new LinesBuilder();
    SyntheticAccessLog log = log(AccessLogOptions.defaults().visitors());
    for (int i = 0; i < HOSTILE_LINES; i++) {
      lines.add(UniqueStamp.template(log.nextLine()));
    }
    return lines.buildUnique();
  }

  private static Lines real() {
    String file = System.getProperty(REAL_LOG, "");
    if (file.isEmpty()) {
      var agents = new VariedAgents(SEED);
      SyntheticAccessLog log = log(REAL_VISITORS);
      var lines = new LinesBuilder();
      for (int i = 0; i < REAL_LINES; i++) {
        lines.add(agents.withRareVersion(log.nextLine()));
      }
      return lines.build();
    }
    var lines = new LinesBuilder();
    try {
      Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)
          .forEach(line -> lines.add(line.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read -D" + REAL_LOG + "=" + file, e);
    }
    return lines.build();
  }
}
