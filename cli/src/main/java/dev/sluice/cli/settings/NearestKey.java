package dev.sluice.cli.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known key that somebody probably meant. */
final class NearestKey {
  /** Most letters that may be wrong, missing or too many (Levenshtein distance). */
  private static final int MAX_DISTANCE = 3;

  private NearestKey() {}

  static Optional<String> of(String key, Collection<String> known) {
    String wanted = key.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(wanted, candidate)))
        .filter(candidate -> distance(wanted, candidate) <= MAX_DISTANCE);
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
