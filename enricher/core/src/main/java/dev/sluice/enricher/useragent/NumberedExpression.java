package dev.sluice.enricher.useragent;

import java.util.List;

/**
 * An expression and what a text must have for it, as {@link Needs}, the literals by their numbers.
 */
record NumberedExpression(
    Expression expression, boolean atStart, boolean lead, List<Places> clauses) {

  /**
   * A {@link Clause}.
   *
   * @param literals their numbers in {@link LiteralTable}
   * @param before for each what stands between the start of a match and the literal
   */
  record Places(int[] literals, Extent[] before) {
    /** As {@link Clause#tellsStart}. */
    boolean tellStart() {
      for (Extent each : before) {
        if (!Clause.tellsStart(each)) {
          return false;
        }
      }
      return true;
    }
  }
}
