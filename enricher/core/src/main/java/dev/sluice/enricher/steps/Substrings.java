package dev.sluice.enricher.steps;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Looks for any of a few texts, without regard to the case of ASCII letters. */
final class Substrings {
  private final byte[][] wanted;

  Substrings(List<String> texts) {
    wanted =
        texts.stream()
            .map(text -> text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  boolean areIn(byte[] text, int from, int to) {
    for (byte[] each : wanted) {
      for (int i = from; i <= to - each.length; i++) {
        if (isAt(text, i, each)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAt(byte[] text, int at, byte[] lowerCase) {
    for (int i = 0; i < lowerCase.length; i++) {
      if (lowerCase(text[at + i]) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  static byte lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
  }
}
