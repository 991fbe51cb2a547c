package dev.sluice.enricher.useragent;

import java.util.regex.Pattern;

/** A pattern that is compiled when first needed. Thread-safe. */
final class LazyPattern {
  private final Expression expression;
  private final String part;

  /** Compiled twice if two threads come at once, which does no harm. */
  private volatile Pattern pattern;

  /**
   * @param part what to compile of the expression
   */
  LazyPattern(Expression expression, String part) {
    this.expression = expression;
    this.part = part;
  }

  Pattern get() {
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = expression.compile(part);
      pattern = compiled;
    }
    return compiled;
  }
}
