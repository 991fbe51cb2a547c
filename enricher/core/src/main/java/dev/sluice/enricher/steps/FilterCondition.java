package dev.sluice.enricher.steps;

/** One thing that a filter rule asks of a line. Immutable. */
interface FilterCondition {
  boolean holds(FilterView line);
}
