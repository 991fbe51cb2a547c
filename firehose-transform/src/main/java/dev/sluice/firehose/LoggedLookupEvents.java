package dev.sluice.firehose;

import dev.sluice.lookups.LookupEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Warns of sources that are in trouble, in lines of their own. */
final class LoggedLookupEvents implements LookupEvents {
  private final Consumer<String> lines;
  private final Clock clock;

  /**
   * @param lines takes log lines without line end, from several threads
   */
  LoggedLookupEvents(Consumer<String> lines, Clock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  @Override
  public void sourceRests(String source, Duration pause, String why) {
    String message = source + " is not asked for " + pause.toMillis() + " ms: " + why;
    lines.accept(FirehoseTransform.warning(clock, message));
  }

  @Override
  public void sourceIsBack(String source) {
    lines.accept(FirehoseTransform.warning(clock, source + " answers again"));
  }
}
