package dev.sluice.enricher.steps;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.Outcome;
import java.util.List;

/**
 * Decides which lines are left out: the first rule whose terms all hold. With a rule that keeps, a
 * line that no rule decided is left out as well. What remains is sampled. Allocates nothing for a
 * line, but the address where a rule asks for it. Not thread-safe.
 */
final class Filter {
  private static final Outcome.Dropped DROPPED_AS_NOT_KEPT =
      new Outcome.Dropped(FilterRule.NOT_KEPT);
  private static final Outcome.Dropped DROPPED_AS_NOT_SAMPLED =
      new Outcome.Dropped(FilterRule.NOT_SAMPLED);

  /** A rule with its conditions made. */
  private record Compiled(boolean keep, Outcome.Dropped dropped, FilterCondition[] conditions) {
    static Compiled of(FilterRule rule) {
      return new Compiled(
          rule.keep(),
          new Outcome.Dropped(rule.name()),
          rule.terms().stream().map(FilterRule.Term::toCondition).toArray(FilterCondition[]::new));
    }

    boolean decides(FilterView line) {
      for (FilterCondition condition : conditions) {
        if (!condition.holds(line)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Compiled[] rules;
  private final boolean keepsOnly;
  private final Sample sample;
  private final FilterView view = new FilterView();

  Filter(List<FilterRule> rules, Sample sample) {
    this.rules = rules.stream().map(Compiled::of).toArray(Compiled[]::new);
    keepsOnly = rules.stream().anyMatch(FilterRule::keep);
    this.sample = sample;
  }

  /**
   * @param from first byte of the line as it came in {@code buffer}
   * @param to one after its last byte
   * @return the rule that drops the line, or null when it stays
   */
  Outcome.Dropped decide(EnrichedLine line, byte[] buffer, int from, int to) {
    view.look(line, buffer, from, to);
    Outcome.Dropped dropped = firstRule();
    if (dropped != null) {
      return dropped;
    }
    return sample.holds(view) ? null : DROPPED_AS_NOT_SAMPLED;
  }

  private Outcome.Dropped firstRule() {
    for (Compiled rule : rules) {
      if (rule.decides(view)) {
        return rule.keep() ? null : rule.dropped();
      }
    }
    return keepsOnly ? DROPPED_AS_NOT_KEPT : null;
  }
}
