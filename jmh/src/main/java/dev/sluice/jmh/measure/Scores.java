package dev.sluice.jmh.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The scores of all subjects, one a round. A ratio is taken inside each round. */
public final class Scores {
  private final Map<Subject, List<Score>> bySubject = new LinkedHashMap<>();

  public void add(Subject subject, Score score) {
    bySubject.computeIfAbsent(subject, none -> new ArrayList<>()).add(score);
  }

  public List<Subject> subjects() {
    return List.copyOf(bySubject.keySet());
  }

  public List<Score> of(Subject subject) {
    List<Score> scores = bySubject.get(subject);
    if (scores == null) {
      throw new IllegalArgumentException(subject + " was not measured");
    }
    return List.copyOf(scores);
  }

  /** Median over the rounds. */
  public double median(Subject subject, ToDoubleFunction<Score> value) {
    return Medians.of(of(subject).stream().map(value::applyAsDouble).toList());
  }

  /** How many times faster the first is than the second: median of the rounds' ratios. */
  public double ratio(Subject faster, Subject slower) {
    List<Score> above = of(faster);
    List<Score> below = of(slower);
    return Medians.of(
        IntStream.range(0, above.size())
            .mapToObj(round -> above.get(round).perSecond() / below.get(round).perSecond())
            .toList());
  }
}
