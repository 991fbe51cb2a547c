package dev.sluice.enricher.format;

/**
 * User agents that somebody has seen before, byte for byte. A parser that finds one in a line need
 * not look for its end, and whoever has classified it need not look for it again.
 */
public interface KnownUserAgents {
  /** What no user agent is called. */
  int UNKNOWN = -1;

  /** Knows none. */
  KnownUserAgents NONE = (text, from, to) -> UNKNOWN;

  /**
   * A number for the bytes from {@code from} (in) to {@code to} (out), {@linkplain
   * AccessLogLine#isPlain plain} ones, or {@link #UNKNOWN}. It holds until the end of the line.
   */
  int number(byte[] text, int from, int to);
}
