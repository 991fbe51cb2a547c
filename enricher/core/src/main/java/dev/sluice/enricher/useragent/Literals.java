package dev.sluice.enricher.useragent;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets of texts that a part of an expression may match. */
final class Literals {
  /** The empty text alone. */
  static final SortedSet<String> EMPTY = new TreeSet<>(List.of(""));

  /** Texts in a set, at most. */
  static final int MAX_CHOICE = 1_000;

  /** Texts in a set that comes from combining two with several texts each. */
  private static final int MAX_COMBINED = 16;

  /** From this length on a literal tells enough, and is not continued in more ways than this. */
  private static final int LONG_ENOUGH = 6;

  private static final int FEW_WAYS = 4;

  private static final int MAX_LITERAL_CHARS = 20;

  private Literals() {}

  /** Each of the heads with each of the tails; null if those are too many or too long. */
  static SortedSet<String> combined(SortedSet<String> heads, SortedSet<String> tails) {
    int limit = heads.size() == 1 || tails.size() == 1 ? MAX_CHOICE : MAX_COMBINED;
    if (tails.size() > FEW_WAYS && shortest(heads) >= LONG_ENOUGH) {
      return null;
    }
    return combined(heads, tails, limit);
  }

  /** Each last character of the heads with each of the tails, or null if those are too many. */
  static SortedSet<String> combinedWithLast(SortedSet<String> heads, SortedSet<String> tails) {
    if (heads.contains("")) {
      return null;
    }
    var lasts = new TreeSet<String>();
    heads.forEach(head -> lasts.add(head.substring(head.length() - 1)));
    return lasts.size() <= FEW_WAYS ? combined(lasts, tails, MAX_CHOICE) : null;
  }

  private static SortedSet<String> combined(
      SortedSet<String> heads, SortedSet<String> tails, int limit) {
    if (heads.size() * tails.size() > limit
        || longest(heads) + longest(tails) > MAX_LITERAL_CHARS) {
      return null;
    }
    var all = new TreeSet<String>();
    for (String head : heads) {
      for (String tail : tails) {
        all.add(head + tail);
      }
    }
    return all;
  }

  static int shortest(SortedSet<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }

  static int longest(SortedSet<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  /** The condition that one of the texts is there, behind something else. */
  static Clause clause(SortedSet<String> texts, Extent before) {
    return new Clause(false, texts.stream().map(text -> new Clause.Literal(text, before)).toList());
  }
}
