package dev.sluice.lookups;

import java.time.Duration;

/** What somebody may want to log. Called by threads of the look-ups. */
public interface LookupEvents {
  /** Tells nobody. */
  LookupEvents NONE =
      new LookupEvents() {
        @Override
        public void sourceRests(String source, Duration pause, String why) {}

        @Override
        public void sourceIsBack(String source) {}
      };

  /**
   * A source has failed too often in a row and is not asked any more.
   *
   * @param source {@code reverse_dns} or {@code reference}
   * @param pause time until it is tried again
   * @param why the last failure; never names a key that was asked for
   */
  void sourceRests(String source, Duration pause, String why);

  /** A source that had failed answers again. */
  void sourceIsBack(String source);
}
