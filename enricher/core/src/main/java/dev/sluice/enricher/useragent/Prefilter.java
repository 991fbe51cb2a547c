package dev.sluice.enricher.useragent;

import java.util.List;

/**
 * Expressions behind one search for all their literals: tells which of them may match a text.
 * Thread-safe.
 */
final class Prefilter {
  private final SearchTables tables;
  private final LiteralSearch literals;
  private final List<NumberedExpression> expressions;

  /** Null until a text may match; made twice if two threads come at once, which does no harm. */
  private final PreparedPattern[] patterns;

  Prefilter(PreparedList list) {
    this(SearchTables.of(list), new LiteralTexts(list.literals().exactly()), list.expressions());
  }

  private Prefilter(SearchTables tables, LiteralTexts texts, List<NumberedExpression> expressions) {
    this.tables = tables;
    this.expressions = expressions;
    literals = new LiteralSearch(tables, texts);
    patterns = new PreparedPattern[expressions.size()];
  }

  /** Of what the build has prepared. */
  static Prefilter of(PreparedFiles files) {
    return new Prefilter(files.tables(), files.texts(), files.expressions());
  }

  /** The expressions that may match the text. */
  Candidates candidates(String text) {
    LiteralHits hits = literals.find(text);
    int[] openFrom = tables.openFrom();
    int[] opens = tables.opens();
    long[] candidates = tables.always().clone();
    for (int hit = 0; hit < hits.count(); hit++) {
      int literal = hits.literal(hit);
      for (int i = openFrom[literal]; i < openFrom[literal + 1]; i++) {
        candidates[opens[i] >>> 6] |= 1L << opens[i];
      }
    }
    return new Candidates(this, tables.ends(), text, hits, candidates);
  }

  /** An expression by its number. */
  PreparedPattern pattern(int number) {
    PreparedPattern pattern = patterns[number];
    if (pattern == null) {
      pattern = new PreparedPattern(expressions.get(number));
      patterns[number] = pattern;
    }
    return pattern;
  }
}
