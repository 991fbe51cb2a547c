package dev.sluice.enricher;

import java.time.Duration;

/**
 * What others are asked about lines, such as name servers and tables; core itself asks nobody. Of
 * several lines, {@link #collect} sees each one, {@link #resolve} asks once for all of them, and
 * {@link #find} tells each line what was answered. Throws for no input. One for each line enricher;
 * not thread-safe.
 */
public interface LineLookups {
  /**
   * Remembers what is to be asked about a line, of which fields, request and pages are known, but
   * neither place nor user agent.
   */
  void collect(EnrichedLine line);

  /**
   * Asks for all that was collected since the last call, and forgets what was answered before.
   * Takes a bounded time; what was not answered by then is unavailable.
   *
   * @param atMost a bound besides that of the look-ups themselves; with zero there is what is
   *     remembered and nothing else
   */
  void resolve(Duration atMost);

  /**
   * Tells the line what is known about it, by {@link EnrichedLine#hostName(byte[])}, {@link
   * EnrichedLine#reference(byte[])} and warnings. What nobody has collected is unavailable.
   */
  void find(EnrichedLine line);
}
