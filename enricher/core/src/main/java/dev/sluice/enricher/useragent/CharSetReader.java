package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.RegexCursor.UnreadSyntaxException;
import dev.sluice.enricher.useragent.RegexNode.Chars;

/** Reads what stands for one character: escapes and bracketed classes. */
final class CharSetReader {
  private static final Chars DIGITS = Chars.range('0', '9');
  private static final Chars WORD =
      DIGITS.or(Chars.range('a', 'z')).or(Chars.range('A', 'Z')).or(Chars.of('_'));
  private static final Chars SPACE = Chars.range('\t', '\r').or(Chars.of(' '));
  private static final Chars BEYOND_ASCII = new Chars(0, 0, true);
  private static final Chars HORIZONTAL = Chars.of('\t').or(Chars.of(' ')).or(BEYOND_ASCII);
  private static final Chars VERTICAL = Chars.range('\n', '\r').or(BEYOND_ASCII);

  private final RegexCursor cursor;

  CharSetReader(RegexCursor cursor) {
    this.cursor = cursor;
  }

  /** What {@code \} and the character at the cursor stand for, in a class and outside. */
  Chars escape() {
    char c = cursor.next();
    return switch (c) {
      case 'd' -> DIGITS;
      case 'D' -> DIGITS.negate();
      case 'w' -> WORD;
      case 'W' -> WORD.negate();
      case 's' -> SPACE;
      case 'S' -> SPACE.negate();
      case 'h' -> HORIZONTAL;
      case 'H' -> Chars.ANY;
      case 'v' -> VERTICAL;
      case 'V' -> Chars.ANY;
      case 'p', 'P' -> property();
      case 't' -> Chars.of('\t');
      case 'n' -> Chars.of('\n');
      case 'r' -> Chars.of('\r');
      case 'f' -> Chars.of('\f');
      case 'a' -> Chars.of(7);
      case 'e' -> Chars.of(27);
      case 'x' -> Chars.of(hexDigits(2));
      case 'u' -> codeUnit();
      default -> {
        if (c < 128 && Character.isLetterOrDigit(c)) {
          throw new UnreadSyntaxException();
        }
        yield Chars.of(c);
      }
    };
  }

  /** {@code \pL} or {@code \p{Name}}; which characters those are is not looked up. */
  private Chars property() {
    if (cursor.next() == '{') {
      cursor.skipThrough('}');
    }
    return Chars.ANY;
  }

  private Chars codeUnit() {
    int c = hexDigits(4);
    if (Character.isSurrogate((char) c)) {
      throw new UnreadSyntaxException();
    }
    return Chars.of(c);
  }

  private int hexDigits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = cursor.next();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new UnreadSyntaxException();
      }
      value = value * 16 + digit;
    }
    return value;
  }

  /** A class whose opening bracket has been read, through its closing one. */
  Chars bracketed() {
    boolean negated = cursor.skip("^");
    Chars set = Chars.NONE;
    if (cursor.peek() == ']') {
      throw new UnreadSyntaxException();
    }
    while (!cursor.skip("]")) {
      set = set.or(item());
    }
    return negated ? set.negate() : set;
  }

  /** A character, an escape or a range. */
  private Chars item() {
    if (cursor.peek() == '[' || (cursor.peek() == '&' && cursor.peek(1) == '&')) {
      throw new UnreadSyntaxException(); // a union or an intersection of classes
    }
    Chars first = single();
    if (cursor.peek() != '-' || cursor.peek(1) == ']') {
      return first;
    }
    if (isSet(first)) {
      return first; // the dash after \w stands for itself
    }
    cursor.next();
    if (cursor.peek() == '[') {
      throw new UnreadSyntaxException();
    }
    Chars last = single();
    if (isSet(last)) {
      throw new UnreadSyntaxException();
    }
    return Chars.range(code(first), last.beyondAscii() ? Character.MAX_VALUE : code(last));
  }

  private Chars single() {
    char c = cursor.next();
    return c == '\\' ? escape() : Chars.of(c);
  }

  private static boolean isSet(Chars chars) {
    int count = Long.bitCount(chars.low()) + Long.bitCount(chars.high());
    return chars.beyondAscii() ? count > 0 : count != 1;
  }

  /** The one ASCII character of the set, or the first one behind ASCII. */
  private static int code(Chars one) {
    if (one.low() != 0) {
      return Long.numberOfTrailingZeros(one.low());
    }
    return one.high() != 0 ? 64 + Long.numberOfTrailingZeros(one.high()) : 128;
  }
}
