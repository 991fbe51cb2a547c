package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.RegexCursor.UnreadSyntaxException;
import dev.sluice.enricher.useragent.RegexNode.Anything;
import dev.sluice.enricher.useragent.RegexNode.Assertion;
import dev.sluice.enricher.useragent.RegexNode.Chars;
import dev.sluice.enricher.useragent.RegexNode.Choice;
import dev.sluice.enricher.useragent.RegexNode.Repeat;
import dev.sluice.enricher.useragent.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Reads the syntax of {@link java.util.regex.Pattern}, apart from its rarer corners: an expression
 * with one of those has no tree, and so is tried on every text.
 */
final class RegexReader {
  /**
   * An expression as a tree.
   *
   * @param caseFlag whether the expression itself changes how letters compare, anywhere
   */
  record Tree(RegexNode root, boolean caseFlag) {}

  /** Groups in groups; deeper ones are not read. */
  private static final int MAX_DEPTH = 50;

  private final RegexCursor cursor;
  private final CharSetReader sets;
  private int depth;
  private boolean caseFlag;

  private RegexReader(String regex) {
    cursor = new RegexCursor(regex);
    sets = new CharSetReader(cursor);
  }

  /**
   * The tree of an expression that Pattern accepts, or empty when it has a corner not read here.
   */
  static Optional<Tree> read(String regex) {
    // With a surrogate in the expression, Pattern steps by code points and not by chars.
    if (regex.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      return Optional.empty();
    }
    var reader = new RegexReader(regex);
    try {
      var tree = new Tree(reader.choice(), reader.caseFlag);
      return reader.cursor.atEnd() ? Optional.of(tree) : Optional.empty();
    } catch (UnreadSyntaxException e) {
      return Optional.empty();
    }
  }

  private RegexNode choice() {
    var branches = new ArrayList<RegexNode>();
    do {
      branches.add(sequence());
    } while (cursor.skip("|"));
    return branches.size() == 1 ? branches.get(0) : new Choice(branches);
  }

  private RegexNode sequence() {
    var parts = new ArrayList<RegexNode>();
    while (!cursor.atEnd() && cursor.peek() != '|' && cursor.peek() != ')') {
      parts.add(repeated(atom()));
    }
    return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
  }

  private RegexNode atom() {
    char c = cursor.next();
    return switch (c) {
      case '.' -> Chars.ANY;
      case '[' -> sets.bracketed();
      case '(' -> group();
      case '^' -> new Assertion(true);
      case '$' -> new Assertion(false);
      case '\\' -> escape();
      case '*', '+', '?', '{' -> throw new UnreadSyntaxException();
      default -> Chars.of(c);
    };
  }

  private RegexNode escape() {
    switch (cursor.peek()) {
      case 'b':
        if (cursor.peek(1) == '{') {
          throw new UnreadSyntaxException();
        }
        cursor.next();
        return new Assertion(false);
      case 'A':
        cursor.next();
        return new Assertion(true);
      case 'B', 'Z', 'z':
        cursor.next();
        return new Assertion(false);
      case '1', '2', '3', '4', '5', '6', '7', '8', '9':
        cursor.next();
        if (Character.isDigit(cursor.peek())) {
          throw new UnreadSyntaxException(); // group 12, or group 1 and the character 2
        }
        return new Anything();
      case 'k':
        cursor.expect("k<");
        cursor.skipThrough('>');
        return new Anything();
      default:
        return sets.escape();
    }
  }

  /** A group whose opening parenthesis has been read, through its closing one. */
  private RegexNode group() {
    if (++depth > MAX_DEPTH) {
      throw new UnreadSyntaxException();
    }
    boolean lookAround = false;
    if (cursor.skip("?")) {
      if (cursor.skip("=") || cursor.skip("!") || cursor.skip("<=") || cursor.skip("<!")) {
        lookAround = true;
      } else if (cursor.skip("<")) {
        cursor.skipThrough('>');
      } else if (!cursor.skip(">") && !flags()) {
        depth--;
        return new Assertion(false); // (?i), which holds for what follows
      }
    }
    RegexNode body = choice();
    cursor.expect(")");
    depth--;
    return lookAround ? new Assertion(false) : body;
  }

  /**
   * Flags after {@code (?} through their colon or parenthesis; true for a colon. Those for line
   * ends change nothing here; with those not read the expression means something else.
   */
  private boolean flags() {
    while (true) {
      switch (cursor.next()) {
        case ':':
          return true;
        case ')':
          return false;
        case 'i':
          caseFlag = true;
          break;
        case 's', 'd', '-':
          break;
        default:
          throw new UnreadSyntaxException();
      }
    }
  }

  private RegexNode repeated(RegexNode atom) {
    int min;
    int max;
    if (cursor.skip("?")) {
      min = 0;
      max = 1;
    } else if (cursor.skip("*")) {
      min = 0;
      max = RegexNode.UNBOUNDED;
    } else if (cursor.skip("+")) {
      min = 1;
      max = RegexNode.UNBOUNDED;
    } else if (cursor.skip("{")) {
      min = cursor.number();
      max = min;
      if (cursor.skip(",")) {
        max = cursor.peek() == '}' ? RegexNode.UNBOUNDED : cursor.number();
      }
      cursor.expect("}");
    } else {
      return atom;
    }
    if (!cursor.skip("?")) {
      cursor.skip("+"); // lazy or possessive: other matches, but the same parts in them
    }
    return new Repeat(atom, min, max);
  }
}
