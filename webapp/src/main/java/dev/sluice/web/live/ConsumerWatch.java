package dev.sluice.web.live;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Looks at a consumer when somebody asks, at most once a second however many ask, and remembers how
 * many lines it had counted, for a rate.
 */
final class ConsumerWatch {

  /** Least time between two looks. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Time that a rate is taken over: lines are counted with their tile, so in leaps. */
  static final Duration RATE_WINDOW = Duration.ofSeconds(15);

  /** Looks that are remembered, two minutes of them and more. */
  static final int MAX_MARKS = 150;

  private final ConsumerClient client;
  private final InstantSource clock;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long lookedAtMillis = Long.MIN_VALUE;
  private View view;

  ConsumerWatch(URI address, InstantSource clock, LongSupplier nanoTime) {
    this.client = new ConsumerClient(address, nanoTime);
    this.clock = clock;
  }

  /** The lines that were counted at a moment. */
  record Mark(long epochMillis, long lines) {}

  /**
   * The last look.
   *
   * @param figures empty when nobody answered
   * @param problem why nobody answered; empty if somebody did
   * @param perSecond lines in a second, empty with fewer than two looks
   * @param marks the oldest first
   */
  record View(
      Optional<ConsumerFigures> figures,
      String problem,
      boolean healthy,
      Optional<Double> perSecond,
      List<Mark> marks) {}

  synchronized View look() {
    long now = clock.millis();
    if (view == null || now - lookedAtMillis >= INTERVAL.toMillis() || now < lookedAtMillis) {
      view = lookNow();
      lookedAtMillis = clock.millis();
    }
    return view;
  }

  private View lookNow() {
    try {
      var figures = ConsumerFigures.of(PrometheusText.samples(client.metrics()));
      mark(figures.lines());
      return new View(
          Optional.of(figures), "", client.isHealthy(), perSecond(), List.copyOf(marks));
    } catch (IOException nobodyAnswers) {
      marks.clear();
      return new View(
          Optional.empty(),
          String.valueOf(nobodyAnswers.getMessage()),
          false,
          Optional.empty(),
          List.of());
    }
  }

  private void mark(long lines) {
    if (!marks.isEmpty() && lines < marks.getLast().lines()) {
      marks.clear(); // it was started anew
    }
    marks.add(new Mark(clock.millis(), lines));
    if (marks.size() > MAX_MARKS) {
      marks.removeFirst();
    }
  }

  private Optional<Double> perSecond() {
    Mark last = marks.getLast();
    Mark first = last;
    for (var older = marks.descendingIterator(); older.hasNext(); ) {
      Mark mark = older.next();
      if (last.epochMillis() - mark.epochMillis() > RATE_WINDOW.toMillis()) {
        break;
      }
      first = mark;
    }
    long millis = last.epochMillis() - first.epochMillis();
    return millis <= 0
        ? Optional.empty()
        : Optional.of((last.lines() - first.lines()) * 1_000.0 / millis);
  }
}
