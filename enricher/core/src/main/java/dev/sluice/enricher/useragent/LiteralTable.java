package dev.sluice.enricher.useragent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The literals of all clauses, numbered.
 *
 * @param folded the texts to look for, {@linkplain LiteralAutomaton#fold folded}, distinct, sorted
 * @param firsts for each of those the number of its first literal; one more at last
 * @param exactly by number, the text that a place must have to the letter, or null when case is no
 *     matter
 */
record LiteralTable(String[] folded, int[] firsts, String[] exactly) {

  /** A literal that gets its number when all are known. */
  static final class Entry {
    private final String exactly;
    private int number;

    private Entry(String exactly) {
      this.exactly = exactly;
    }

    int number() {
      return number;
    }
  }

  static final class Builder {
    /** By folded text; few have more than one way to be written. */
    private final Map<String, List<Entry>> byFolded = new HashMap<>();

    /** The same entry for the same literal. */
    Entry add(String text, boolean anyCase) {
      List<Entry> variants =
          byFolded.computeIfAbsent(LiteralAutomaton.fold(text), folded -> new ArrayList<>(1));
      for (Entry variant : variants) {
        if (anyCase ? variant.exactly == null : text.equals(variant.exactly)) {
          return variant;
        }
      }
      var added = new Entry(anyCase ? null : text);
      variants.add(added);
      return added;
    }

    LiteralTable build() {
      String[] texts = byFolded.keySet().toArray(new String[0]);
      Arrays.sort(texts);
      int[] firsts = new int[texts.length + 1];
      var exactly = new ArrayList<String>();
      for (int i = 0; i < texts.length; i++) {
        for (Entry variant : byFolded.get(texts[i])) {
          variant.number = exactly.size();
          exactly.add(variant.exactly);
        }
        firsts[i + 1] = exactly.size();
      }
      return new LiteralTable(texts, firsts, exactly.toArray(new String[0]));
    }
  }
}
