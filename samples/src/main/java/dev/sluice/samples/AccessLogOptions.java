package dev.sluice.samples;

import java.time.Duration;
import java.time.Instant;

/**
 * What a synthetic access log looks like. Immutable; start from {@link #defaults()}.
 *
 * @param format Common, or Combined with referer and user agent
 * @param oddShare share of lines, 0 to 1, that are unusual but can be parsed
 * @param brokenShare share of lines, 0 to 1, that no parser can accept
 * @param ids whether every line carries its id as {@code id=L0000000042}, broken lines included
 * @param firstId id of the first line, 0 to {@link SyntheticLine#MAX_ID}
 * @param visitors number of different client addresses to draw from, 1 to {@link #MAX_VISITORS}
 * @param start time of the first line
 * @param meanGap mean time between two lines, above zero; they come at random moments
 * @param outage when the site fails; the other lines are the same with and without
 */
public record AccessLogOptions(
    Format format,
    double oddShare,
    double brokenShare,
    boolean ids,
    long firstId,
    int visitors,
    Instant start,
    Duration meanGap,
    Outage outage) {
  /** Keeps the table of visitors below about 100 MB. */
  public static final int MAX_VISITORS = 1_000_000;

  /** Keeps a log of ten thousand million lines within the four digits of its years. */
  public static final Duration MAX_MEAN_GAP = Duration.ofSeconds(20);

  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /** The format of ordinary lines. */
  public enum Format {
    COMMON,
    COMBINED
  }

  public AccessLogOptions {
    if (!(oddShare >= 0 && brokenShare >= 0 && oddShare + brokenShare <= 1)) {
      throw new IllegalArgumentException(
          "shares are 0 to 1 together: odd " + oddShare + ", broken " + brokenShare);
    }
    if (firstId < 0 || firstId > SyntheticLine.MAX_ID) {
      throw new IllegalArgumentException("first id out of range: " + firstId);
    }
    if (visitors < 1 || visitors > MAX_VISITORS) {
      throw new IllegalArgumentException("visitors out of range: " + visitors);
    }
    if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
      throw new IllegalArgumentException("start out of range: " + start);
    }
    if (meanGap.isNegative() || meanGap.isZero() || meanGap.compareTo(MAX_MEAN_GAP) > 0) {
      throw new IllegalArgumentException("mean gap out of range: " + meanGap);
    }
  }

  /**
   * Combined format, 2 % odd and 0.5 % broken lines, no ids, 5,000 visitors, about a day for 20,000
   * lines, no outage.
   */
  public static AccessLogOptions defaults() {
    return new AccessLogOptions(
        Format.COMBINED,
        0.02,
        0.005,
        false,
        1,
        5_000,
        Instant.parse("2025-10-28T00:00:00Z"),
        Duration.ofSeconds(4),
        Outage.NEVER);
  }

  public AccessLogOptions withFormat(Format newFormat) {
    return new AccessLogOptions(
        newFormat, oddShare, brokenShare, ids, firstId, visitors, start, meanGap, outage);
  }

  public AccessLogOptions withOddShare(double share) {
    return new AccessLogOptions(
        format, share, brokenShare, ids, firstId, visitors, start, meanGap, outage);
  }

  public AccessLogOptions withBrokenShare(double share) {
    return new AccessLogOptions(
        format, oddShare, share, ids, firstId, visitors, start, meanGap, outage);
  }

  /** Lines carry ids, counted up from {@code first}. */
  public AccessLogOptions withIdsFrom(long first) {
    return new AccessLogOptions(
        format, oddShare, brokenShare, true, first, visitors, start, meanGap, outage);
  }

  /** Lines carry ids, counted up from 1. */
  public AccessLogOptions withIds() {
    return withIdsFrom(1);
  }

  public AccessLogOptions withVisitors(int number) {
    return new AccessLogOptions(
        format, oddShare, brokenShare, ids, firstId, number, start, meanGap, outage);
  }

  public AccessLogOptions withStart(Instant newStart) {
    return new AccessLogOptions(
        format, oddShare, brokenShare, ids, firstId, visitors, newStart, meanGap, outage);
  }

  public AccessLogOptions withMeanGap(Duration gap) {
    return new AccessLogOptions(
        format, oddShare, brokenShare, ids, firstId, visitors, start, gap, outage);
  }

  public AccessLogOptions withOutage(Outage newOutage) {
    return new AccessLogOptions(
        format, oddShare, brokenShare, ids, firstId, visitors, start, meanGap, newOutage);
  }
}
