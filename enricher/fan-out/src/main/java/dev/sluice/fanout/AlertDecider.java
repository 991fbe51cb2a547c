package dev.sluice.fanout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts lines of several shards in windows of event time, and decides each window once, when every
 * shard has passed its end by the lateness. Without a grace the same lines in the same order give
 * the same alerts, however often {@link #decide()} is called. Not thread-safe.
 *
 * @param <P> a place in a shard
 */
public final class AlertDecider<P> {
  /**
   * Windows of a rule that are open at a time; when one shard is farther behind than that, windows
   * are decided without it and its lines are late.
   */
  static final int MAX_OPEN_WINDOWS = 1_000;

  private static final int SAVED_VERSION = 1;

  private final InstantSource clock;
  private final Duration openingGrace;
  private final long latenessSeconds;
  private final List<RuleState> rules = new ArrayList<>();
  private final Set<AlertSource<P>> sources = new LinkedHashSet<>();
  private Instant decidesFrom = Instant.MIN;
  private long watermark = EventClock.NOWHERE;
  private long newest = EventClock.NOWHERE;
  private long decided = EventClock.NOWHERE;
  private boolean decidedAll;
  private long lateLines;
  private long aheadLines;

  /**
   * Prepares to decide.
   *
   * @param clock moves event time on while all that there is was read
   * @param openingGrace how long nothing is over after a shard was opened: a worker takes its
   *     shards one after the other, and the first must not run ahead of those to come
   */
  public AlertDecider(FanOutSettings settings, InstantSource clock, Duration openingGrace) {
    this.clock = clock;
    this.openingGrace = openingGrace;
    latenessSeconds = settings.lateness().toSeconds();
    for (AlertRule rule : settings.rules()) {
      rules.add(new RuleState(rules.size(), rule, settings));
    }
  }

  /** One more shard is read. Until its first line, or its end, no window is decided. */
  public AlertSource<P> open() {
    var source = new AlertSource<P>(rules.size(), clock);
    sources.add(source);
    decidesFrom = clock.instant().plus(openingGrace);
    return source;
  }

  /**
   * Everything that decisions to come depend on, of a decider with this source alone and nothing
   * unsent; for {@link #resume}, in this process or another.
   */
  public byte[] save(AlertSource<P> source) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(SAVED_VERSION);
      out.writeLong(source.clock.reached());
      out.writeLong(watermark);
      out.writeInt(rules.size());
      for (RuleState rule : rules) {
        rule.save(source, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return bytes.toByteArray();
  }

  /**
   * Goes on with a source where a decider was saved; this one must be new. A rule that is not what
   * it was begins anew.
   *
   * @throws IllegalArgumentException if the bytes are not of {@link #save}
   */
  public AlertSource<P> resume(byte[] saved) {
    AlertSource<P> source = open();
    try (var in = new DataInputStream(new ByteArrayInputStream(saved))) {
      if (in.readInt() != SAVED_VERSION) {
        throw new IllegalArgumentException("the state of alerts is of another version");
      }
      source.clock.resume(in.readLong());
      watermark = in.readLong();
      newest = source.clock.reached();
      for (int left = in.readInt(); left > 0; left--) {
        String definition = in.readUTF();
        RuleState rule =
            rules.stream()
                .filter(each -> each.rule().definition().equals(definition))
                .findFirst()
                .orElse(null);
        RuleState.resume(rule, source, in);
      }
    } catch (IOException broken) {
      throw new IllegalArgumentException("the state of alerts is broken", broken);
    }
    return source;
  }

  /**
   * Counts a line.
   *
   * @param arrivalSeconds when its record came into the stream
   * @param before the place behind which reading on would find the line again
   */
  public void count(AlertSource<P> source, LineFacts line, long arrivalSeconds, P before) {
    long seconds = line.secondsOr(arrivalSeconds);
    if (EventClock.isAhead(seconds, arrivalSeconds)) {
      aheadLines++;
      return;
    }
    if (source.clock.line(seconds)) {
      advance();
    }
    long last = EventClock.NOWHERE;
    boolean late = false;
    for (RuleState state : rules) {
      long window = state.rule().window(seconds);
      if (window < openFrom(state.rule())) {
        late = true;
      } else {
        state.count(source, window, line);
        last = Math.max(last, state.rule().end(window));
      }
    }
    lateLines += late ? 1 : 0;
    if (last != EventClock.NOWHERE) {
      source.holds.hold(last, before);
    }
  }

  /** The shard has nothing more for now: event time goes on with the clock. */
  public void atTip(AlertSource<P> source) {
    source.clock.tip();
    advance();
  }

  /** The shard is read to its end: nobody waits for it any more. */
  public void end(AlertSource<P> source) {
    source.markEnded();
    advance();
  }

  /** Somebody else goes on with the shard, from its {@link AlertSource#oldestUndecided()}. */
  public void forget(AlertSource<P> source) {
    if (sources.remove(source)) {
      rules.forEach(rule -> rule.forget(source));
      source.holds.releaseAll();
      advance();
    }
  }

  private void advance() {
    long slowest = Long.MAX_VALUE;
    boolean unknown = false;
    for (AlertSource<P> source : sources) {
      long reached = source.clock.reached();
      newest = Math.max(newest, reached);
      if (!source.isEnded()) {
        unknown |= source.clock.isUnknown();
        slowest = Math.min(slowest, reached == EventClock.NOWHERE ? Long.MAX_VALUE : reached);
      }
    }
    if (!unknown && slowest != Long.MAX_VALUE && !clock.instant().isBefore(decidesFrom)) {
      watermark = Math.max(watermark, slowest - latenessSeconds);
    }
  }

  /** The first window of the rule that is not over. */
  private long openFrom(AlertRule rule) {
    long byWatermark =
        watermark == EventClock.NOWHERE ? EventClock.NOWHERE : rule.window(watermark);
    long byNumber =
        newest == EventClock.NOWHERE
            ? EventClock.NOWHERE
            : rule.window(newest) - MAX_OPEN_WINDOWS + 1;
    return Math.max(byWatermark, byNumber);
  }

  /**
   * Decides the windows that are over. Their lines stay undecided for {@link
   * AlertSource#oldestUndecided()} until {@link #sent()}.
   *
   * @return what is to be told, in this order
   */
  public List<Alert> decide() {
    advance(); // the grace may be over
    var alerts = new ArrayList<Alert>();
    long least = Long.MAX_VALUE;
    for (RuleState state : rules) {
      long openFrom = openFrom(state.rule());
      if (openFrom != EventClock.NOWHERE) {
        state.decideBefore(openFrom, sources, alerts);
        least = Math.min(least, state.rule().end(openFrom - 1));
      }
    }
    if (least != Long.MAX_VALUE) {
      decided = Math.max(decided, Math.max(least, watermark));
    }
    if (!sources.isEmpty() && sources.stream().allMatch(AlertSource::isEnded)) {
      // Shards that follow may only be read once these are done with: nobody can be waited for.
      rules.forEach(state -> state.decideAll(sources, alerts));
      decidedAll = true;
    }
    return alerts;
  }

  /** All that {@link #decide()} has returned was told. */
  public void sent() {
    for (AlertSource<P> source : sources) {
      source.holds.release(decided);
      if (decidedAll && source.isEnded()) {
        source.holds.releaseAll();
      }
    }
    decidedAll = false;
    sources.removeIf(source -> source.isEnded() && source.oldestUndecided().isEmpty());
  }

  /** Lines that came after a window of theirs was over. */
  public long lateLines() {
    return lateLines;
  }

  /** Lines that claim to be from later than their arrival. */
  public long aheadLines() {
    return aheadLines;
  }

  /** Windows of subjects about which nobody was told, for the cool-down. */
  public long suppressed() {
    return rules.stream().mapToLong(RuleState::suppressed).sum();
  }

  /** What was left out because there was no room for its host. */
  public long notRemembered() {
    return rules.stream().mapToLong(RuleState::notRemembered).sum();
  }
}
