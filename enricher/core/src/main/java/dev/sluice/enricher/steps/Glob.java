package dev.sluice.enricher.steps;

import java.nio.charset.StandardCharsets;

/**
 * A pattern in which {@code *} stands for any bytes, none included, and everything else for itself.
 * A match takes at most time proportional to the length of the text times that of the pattern.
 */
final class Glob {
  private final byte[] pattern;

  Glob(String pattern) {
    this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether all of the text from {@code from} (in) to {@code to} (out) fits. */
  boolean matches(byte[] text, int from, int to) {
    int i = from;
    int p = 0;
    int star = -1; // the last star so far
    int starText = from; // where the text that this star stands for ends
    while (i < to) {
      if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        starText = i;
      } else if (p < pattern.length && pattern[p] == text[i]) {
        p++;
        i++;
      } else if (star >= 0) {
        p = star + 1;
        i = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }
}
