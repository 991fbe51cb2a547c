package dev.sluice.enricher.steps;

import java.util.List;

/**
 * A named rule: what it keeps, or drops, are the lines for which all its terms hold.
 *
 * @param name the word for it in outcomes, counts and metrics
 */
public record FilterRule(String name, boolean keep, List<Term> terms) {
  /** Rule of lines that no rule keeps, where there are rules that keep. */
  public static final String NOT_KEPT = "not_kept";

  /** Rule of lines outside the sample. */
  public static final String NOT_SAMPLED = "not_sampled";

  public FilterRule {
    terms = List.copyOf(terms);
  }

  /**
   * What is asked of a line.
   *
   * @param kind what is looked at: path, status, ...
   * @param negated whether it must not hold
   * @param alternatives one of them is enough
   */
  public record Term(String kind, boolean negated, List<String> alternatives) {
    public Term {
      alternatives = List.copyOf(alternatives);
    }

    /**
     * @throws IllegalArgumentException with one sentence on what is wrong
     */
    FilterCondition toCondition() {
      FilterCondition condition = FilterConditions.of(kind, alternatives);
      return negated ? line -> !condition.holds(line) : condition;
    }
  }
}
