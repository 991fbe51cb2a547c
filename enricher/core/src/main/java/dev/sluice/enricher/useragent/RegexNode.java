package dev.sluice.enricher.useragent;

import java.util.List;

/**
 * A regular expression, read as far as the search for literals needs it. Every node describes at
 * least what {@link java.util.regex.Pattern} matches there, sometimes more, never less.
 */
sealed interface RegexNode {

  /** Matches nothing but the empty text: boundaries, anchors, look-around. */
  record Assertion(boolean beginOfText) implements RegexNode {}

  /** Any text: back-references. */
  record Anything() implements RegexNode {}

  /**
   * One character out of a set.
   *
   * @param low bit c is set for each of the characters 0 to 63
   * @param high bit c - 64 is set for each of the characters 64 to 127
   * @param beyondAscii whether the set holds other characters, which may take two chars
   */
  record Chars(long low, long high, boolean beyondAscii) implements RegexNode {
    static final Chars NONE = new Chars(0, 0, false);
    static final Chars ANY = new Chars(-1, -1, true);

    static Chars of(int character) {
      return range(character, character);
    }

    /** The characters from {@code first} to {@code last}, both in. */
    static Chars range(int first, int last) {
      long low = 0;
      long high = 0;
      for (int c = first; c <= Math.min(last, 127); c++) {
        if (c < 64) {
          low |= 1L << c;
        } else {
          high |= 1L << c;
        }
      }
      return new Chars(low, high, last > 127);
    }

    Chars or(Chars other) {
      return new Chars(low | other.low, high | other.high, beyondAscii || other.beyondAscii);
    }

    /** What is not in this set. Beyond ASCII, where a set does not say which: anything. */
    Chars negate() {
      return new Chars(~low, ~high, true);
    }

    /** With each letter also the other case of it. */
    Chars inAnyCase() {
      long letters = (high | high >>> 32) & 0x07FF_FFFE; // bits of A to Z
      return new Chars(low, high | letters | letters << 32, beyondAscii);
    }

    boolean contains(int c) {
      return c < 128 ? ((c < 64 ? low : high) >>> c & 1) != 0 : beyondAscii;
    }
  }

  record Sequence(List<RegexNode> parts) implements RegexNode {}

  record Choice(List<RegexNode> branches) implements RegexNode {}

  /**
   * @param max {@link #UNBOUNDED} when there is no limit
   */
  record Repeat(RegexNode body, int min, int max) implements RegexNode {}

  /** Stands for "any number", of repetitions or of chars; sums of it stay below 2^31. */
  int UNBOUNDED = 1 << 20;
}
