package dev.sluice.fanout;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the lines of one shard by minute of event time, and gives each minute away once: when the
 * shard has passed its end by the lateness. Open are at most {@code lateness + 2} minutes. The same
 * lines in the same order give the same minutes, however often {@link #complete()} is called. Not
 * thread-safe.
 *
 * @param <P> a place in the shard
 */
public final class MinuteCounter<P> {
  private static final long MINUTE_SECONDS = 60;

  private final long latenessSeconds;
  private final int top;
  private final EventClock clock;
  private final TreeMap<Long, OpenMinute> open = new TreeMap<>();
  private final Holds<P> holds = new Holds<>();
  private long given = EventClock.NOWHERE; // end of what complete() has returned
  private boolean givenAll;
  private long ahead;

  /**
   * @param clock moves event time on while all that there is was read
   */
  public MinuteCounter(FanOutSettings settings, InstantSource clock) {
    latenessSeconds = settings.lateness().toSeconds();
    top = settings.top();
    this.clock = new EventClock(clock);
  }

  /**
   * Counts a line.
   *
   * @param arrivalSeconds when its record came into the stream
   * @param before the place behind which reading on would find the line again
   */
  public void count(LineFacts line, long arrivalSeconds, P before) {
    long seconds = line.secondsOr(arrivalSeconds);
    if (EventClock.isAhead(seconds, arrivalSeconds)) {
      ahead++;
      return;
    }
    clock.line(seconds);
    long minute = Math.floorDiv(seconds, MINUTE_SECONDS);
    if (minute >= openFrom()) {
      at(minute, before).count(line);
    } else {
      at(Math.floorDiv(clock.reached(), MINUTE_SECONDS), before).countLate();
    }
  }

  private OpenMinute at(long minute, P before) {
    holds.hold((minute + 1) * MINUTE_SECONDS, before);
    return open.computeIfAbsent(minute, m -> new OpenMinute());
  }

  /** The first minute that is not over. */
  private long openFrom() {
    return clock.reached() == EventClock.NOWHERE
        ? EventClock.NOWHERE
        : Math.floorDiv(clock.reached() - latenessSeconds, MINUTE_SECONDS);
  }

  /** The shard has nothing more for now: event time goes on with the clock. */
  public void atTip() {
    clock.tip();
  }

  /**
   * Takes the minutes that are over. Their lines stay undecided for {@link #oldestUnsent()} until
   * {@link #sent()}.
   */
  public List<MinuteCounts> complete() {
    long openFrom = openFrom();
    if (openFrom == EventClock.NOWHERE) {
      return List.of();
    }
    given = openFrom * MINUTE_SECONDS;
    return take(open.headMap(openFrom));
  }

  /** Takes all minutes as they stand, for whoever stops reading here. */
  public List<MinuteCounts> all() {
    givenAll = true;
    return take(open);
  }

  private List<MinuteCounts> take(Map<Long, OpenMinute> minutes) {
    int size = minutes.size();
    var taken = new ArrayList<MinuteCounts>(size);
    minutes.forEach(
        (minute, counted) -> {
          // Told with the newest minute that goes: older ones may be refused for their age.
          boolean newest = taken.size() == size - 1;
          taken.add(counted.counts(minute * MINUTE_SECONDS, top, newest ? ahead : 0));
        });
    ahead = taken.isEmpty() ? ahead : 0;
    minutes.clear();
    return taken;
  }

  /** All that was taken is where it should be. */
  public void sent() {
    if (givenAll) {
      holds.releaseAll();
    } else {
      holds.release(given);
    }
    givenAll = false;
  }

  /** The place behind which all lines lie that were not sent; empty when there is none. */
  public Optional<P> oldestUnsent() {
    return holds.oldest();
  }
}
