package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.LiteralFinder.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** What is known of nodes one after the other: literals grow as long as all texts are known. */
final class Concatenation {
  private final List<Clause> clauses = new ArrayList<>();

  /** The texts of the last parts, or of a part and the last char before it. */
  private SortedSet<String> texts = Literals.EMPTY;

  /** What stands before {@link #texts}. */
  private Extent before = Extent.EMPTY;

  /** What the whole begins with; null while that is {@link #texts}, all of it. */
  private SortedSet<String> heads;

  private Extent whole = Extent.EMPTY;

  void add(Known part) {
    SortedSet<String> longer = Literals.combined(texts, part.heads());
    if (longer != null) {
      texts = longer;
    } else {
      SortedSet<String> joined = Literals.combinedWithLast(texts, part.heads());
      Extent beforeLast = beforeLast();
      endLiteral();
      begin(
          joined != null ? joined : part.heads(), //
          joined != null ? beforeLast : whole);
    }
    if (part.texts() == null) {
      endLiteral();
      for (Clause clause : part.clauses()) {
        clauses.add(clause.behind(whole));
      }
      begin(Literals.EMPTY, whole.then(part.extent()));
    }
    whole = whole.then(part.extent());
  }

  Known known() {
    if (heads == null) {
      return Known.exactly(texts, whole);
    }
    endLiteral();
    return new Known(null, heads, List.copyOf(clauses), whole);
  }

  /** What stands before the last char of {@link #texts}. */
  private Extent beforeLast() {
    int min = Math.max(0, Literals.shortest(texts) - 1);
    int max = Math.max(0, Literals.longest(texts) - 1);
    return before.then(new Extent(min, max, whole.chars()));
  }

  private void begin(SortedSet<String> with, Extent behind) {
    texts = with;
    before = behind;
  }

  private void endLiteral() {
    if (heads == null) {
      heads = texts;
    }
    if (!texts.contains("")) {
      clauses.add(Literals.clause(texts, before));
    }
  }
}
