package dev.sluice.enricher.useragent;

import java.util.List;

/**
 * What a text must have for an expression to match it.
 *
 * @param atStart whether a match can only begin where the text begins
 * @param lead whether the expression has a {@link Lead}; the clauses are those of its rest then
 * @param clauses all of them must hold; none for an expression that must always be tried
 */
record Needs(boolean atStart, boolean lead, List<Clause> clauses) {
  static final Needs NOTHING = new Needs(false, false, List.of());
}
