package dev.sluice.enricher.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A regular expression as a tree. The subset: characters, {@code .}, classes, {@code \d \w \s} and
 * their negations, groups, {@code |}, {@code ? * + {m,n}}, {@code ^}, {@code $}. Neither references
 * nor looking around, which no linear time allows.
 */
sealed interface RegexTree {
  /** Repeated without an end. */
  int UNBOUNDED = -1;

  /** One character. */
  record Chars(IntPredicate chars) implements RegexTree {}

  /** The beginning of the text, or its end. */
  record Anchor(boolean begin) implements RegexTree {}

  /** One after the other. */
  record Sequence(List<RegexTree> parts) implements RegexTree {}

  /** One of them. */
  record Choice(List<RegexTree> parts) implements RegexTree {}

  /** From {@code min} to {@code max} times. */
  record Repeat(RegexTree body, int min, int max) implements RegexTree {}

  static RegexTree parse(String expression) {
    var reader = new Reader(expression);
    RegexTree tree = reader.choice(0);
    if (reader.i < expression.length()) {
      throw reader.wrong("is not opened");
    }
    return tree;
  }

  /** Reads from left to right. */
  final class Reader {
    private static final int MAX_REPEATS = 1_000;
    private static final int MAX_DEPTH = 50;

    private final String text;
    private int i;

    Reader(String text) {
      this.text = text;
    }

    IllegalArgumentException wrong(String what) {
      String found = i < text.length() ? "\"" + text.charAt(i) + "\"" : "the end";
      return new IllegalArgumentException(
          "character " + (i + 1) + " of the pattern, " + found + ", " + what);
    }

    private boolean at(char c) {
      return i < text.length() && text.charAt(i) == c;
    }

    private boolean take(char c) {
      boolean found = at(c);
      i += found ? 1 : 0;
      return found;
    }

    private RegexTree choice(int depth) {
      if (depth > MAX_DEPTH) {
        throw wrong("is too deep in groups");
      }
      List<RegexTree> parts = new ArrayList<>();
      do {
        parts.add(sequence(depth));
      } while (take('|'));
      return parts.size() == 1 ? parts.get(0) : new Choice(parts);
    }

    private RegexTree sequence(int depth) {
      List<RegexTree> parts = new ArrayList<>();
      while (i < text.length() && !at('|') && !at(')')) {
        parts.add(repeated(atom(depth)));
      }
      return new Sequence(parts);
    }

    private RegexTree repeated(RegexTree atom) {
      RegexTree tree = atom;
      if (take('*')) {
        tree = new Repeat(atom, 0, UNBOUNDED);
      } else if (take('+')) {
        tree = new Repeat(atom, 1, UNBOUNDED);
      } else if (take('?')) {
        tree = new Repeat(atom, 0, 1);
      } else if (take('{')) {
        int min = number();
        int max = min;
        if (take(',')) {
          max = at('}') ? UNBOUNDED : number();
        }
        if (!take('}') || (max != UNBOUNDED && max < min)) {
          throw wrong("does not end a repetition");
        }
        tree = new Repeat(atom, min, max);
      }
      if (tree != atom && (at('*') || at('+') || at('{'))) {
        throw wrong("repeats a repetition");
      }
      if (tree != atom) {
        take('?'); // reluctant: asks for a shorter match, and nobody asks how long it is
      }
      return tree;
    }

    private int number() {
      int start = i;
      int value = 0;
      while (i < text.length()
          && Character.digit(text.charAt(i), 10) >= 0
          && value <= MAX_REPEATS) {
        value = value * 10 + text.charAt(i++) - '0';
      }
      if (i == start || value > MAX_REPEATS) {
        throw wrong("is no number up to " + MAX_REPEATS);
      }
      return value;
    }

    private RegexTree atom(int depth) {
      if (at('*') || at('+') || at('?') || at('{')) {
        throw wrong("repeats nothing");
      }
      if (take('(')) {
        if (take('?') && !take(':')) {
          throw wrong("is not supported after (?");
        }
        RegexTree body = choice(depth + 1);
        if (!take(')')) {
          throw wrong("should close a group");
        }
        return body;
      }
      if (take('[')) {
        return new Chars(charClass());
      }
      if (take('.')) {
        return new Chars(c -> c != '\n');
      }
      if (take('^')) {
        return new Anchor(true);
      }
      if (take('$')) {
        return new Anchor(false);
      }
      return new Chars(take('\\') ? escaped() : exactly(next()));
    }

    private int next() {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      return c;
    }

    private static IntPredicate exactly(int wanted) {
      return c -> c == wanted;
    }

    private IntPredicate charClass() {
      boolean negated = take('^');
      IntPredicate members = c -> false;
      boolean first = true;
      while (first || !at(']')) {
        if (i == text.length()) {
          throw wrong("should close a class");
        }
        first = false;
        if (take('\\')) {
          int before = i;
          IntPredicate escaped = escaped();
          int single = text.charAt(before);
          members = members.or(!Character.isLetterOrDigit(single) ? range(single) : escaped);
        } else {
          members = members.or(range(next()));
        }
      }
      i++;
      return negated ? members.negate() : members;
    }

    /** The character itself, or all up to another one behind a hyphen. */
    private IntPredicate range(int from) {
      if (!at('-') || i + 1 >= text.length() || text.charAt(i + 1) == ']') {
        return exactly(from);
      }
      i++;
      take('\\');
      if (i == text.length()) {
        throw wrong("should close a class");
      }
      int to = next();
      if (to < from) {
        throw wrong("follows a range that ends before it begins");
      }
      return c -> c >= from && c <= to;
    }

    private IntPredicate escaped() {
      if (i == text.length()) {
        throw wrong("should follow the backslash");
      }
      int c = next();
      IntPredicate digit = b -> b >= '0' && b <= '9';
      IntPredicate word =
          digit.or(b -> (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_');
      IntPredicate space = b -> " \t\n\r\f\u000B".indexOf(b) >= 0;
      switch (c) {
        case 'd':
          return digit;
        case 'D':
          return digit.negate();
        case 'w':
          return word;
        case 'W':
          return word.negate();
        case 's':
          return space;
        case 'S':
          return space.negate();
        case 't':
          return exactly('\t');
        case 'n':
          return exactly('\n');
        case 'r':
          return exactly('\r');
        default:
          if (Character.isLetterOrDigit(c)) {
            i--;
            throw wrong("is not supported after a backslash");
          }
          return exactly(c);
      }
    }
  }
}
