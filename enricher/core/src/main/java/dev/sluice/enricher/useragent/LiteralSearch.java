package dev.sluice.enricher.useragent;

/** Finds all literals of a table in one pass over a text. Immutable. */
final class LiteralSearch {
  private final LiteralTable literals;
  private final LiteralAutomaton automaton;
  private final int[] lengths;

  LiteralSearch(LiteralTable literals) {
    this.literals = literals;
    automaton = new LiteralAutomaton(literals.folded());
    lengths = new int[literals.folded().length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = literals.folded()[i].length();
    }
  }

  /** Every place of every literal in the text. */
  LiteralHits find(String text) {
    int[] firsts = literals.firsts();
    String[] exactly = literals.exactly();
    var hits = new LiteralHits(exactly.length);
    automaton.scan(
        text,
        (folded, end) -> {
          int start = end - lengths[folded];
          for (int literal = firsts[folded]; literal < firsts[folded + 1]; literal++) {
            if (exactly[literal] == null || text.startsWith(exactly[literal], start)) {
              hits.add(literal, start);
            }
          }
        });
    return hits;
  }
}
