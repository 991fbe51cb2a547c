package dev.sluice.enricher.useragent;

/** Finds all literals of a list in one pass over a text. Immutable. */
final class LiteralSearch {
  private final SearchTables tables;
  private final LiteralTexts texts;

  LiteralSearch(SearchTables tables, LiteralTexts texts) {
    this.tables = tables;
    this.texts = texts;
  }

  /** Every place of every literal in the text. */
  LiteralHits find(String text) {
    var hits = new LiteralHits(tables, texts, text);
    tables.automaton().scan(text, hits);
    return hits;
  }
}
