package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.RegexNode.Chars;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a prepared list. Lines of UTF-8 with fields between tabs:
 *
 * <ul>
 *   <li>{@code #} and a comment
 *   <li>{@code -}, the folded text of a literal, and each way in which it must be written, empty if
 *       case does not matter; literals are numbered from 0 as they come
 *   <li>an expression: its kind, its flags ({@code i} to ignore case, {@code ^} if a match can only
 *       begin where the text begins, {@code .} if it has a {@link Lead}), its text, and four
 *       replacements, each after {@code =}, or empty for none
 *   <li>after it for each of its clauses a line that begins with a tab; then the number of its
 *       literals and, for each run of them behind the same {@link Extent}, that (two numbers, two
 *       hexadecimal masks, 0 or 1), how many they are, and their numbers
 * </ul>
 */
final class PreparedListReader {
  private final byte[] bytes;
  private int at;
  private final List<String> folded = new ArrayList<>();
  private final List<String> exactly = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>(List.of(0));
  private final List<NumberedExpression> expressions = new ArrayList<>();
  private final List<Integer> expressionFrom = new ArrayList<>();
  private final List<Integer> exactlyFrom = new ArrayList<>();
  private final List<Integer> exactlyTo = new ArrayList<>();

  PreparedListReader(byte[] bytes) {
    this.bytes = bytes;
  }

  PreparedList read() {
    while (at < bytes.length) {
      switch (bytes[at]) {
        case '#' -> skipLine();
        case '-' -> literal();
        default -> {
          expressionFrom.add(at);
          expressions.add(expression());
        }
      }
    }
    return new PreparedList(
        new LiteralTable(
            folded.toArray(new String[0]), ints(firsts), exactly.toArray(new String[0])),
        List.copyOf(expressions));
  }

  /** One expression alone, with its clauses. */
  NumberedExpression expressionAt(int from) {
    at = from;
    return expression();
  }

  /** Where each expression that was read begins, in bytes. */
  int[] expressionFrom() {
    return ints(expressionFrom);
  }

  /** Where the ways begin in which literals that were read must be written. */
  int[] exactlyFrom() {
    return ints(exactlyFrom);
  }

  /** Where those end. */
  int[] exactlyTo() {
    return ints(exactlyTo);
  }

  private static int[] ints(List<Integer> numbers) {
    int[] all = new int[numbers.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers.get(i);
    }
    return all;
  }

  private void skipLine() {
    while (bytes[at++] != '\n') {
      // a comment
    }
  }

  private void literal() {
    field();
    folded.add(field());
    while (!atLineStart()) {
      exactlyFrom.add(at);
      String text = field();
      exactlyTo.add(at - 1);
      exactly.add(text.isEmpty() ? null : text);
    }
    firsts.add(exactly.size());
  }

  private NumberedExpression expression() {
    var kind = ExpressionKind.valueOf(field());
    String flags = field();
    var expression =
        new Expression(
            kind,
            field(),
            flags.indexOf('i') >= 0,
            replacement(),
            replacement(),
            replacement(),
            replacement());
    var clauses = new ArrayList<NumberedExpression.Places>();
    while (at < bytes.length && bytes[at] == '\t') {
      clauses.add(clause());
    }
    return new NumberedExpression(
        expression, flags.indexOf('^') >= 0, flags.indexOf('.') >= 0, clauses);
  }

  private String replacement() {
    String field = field();
    return field.isEmpty() ? null : field.substring(1);
  }

  private NumberedExpression.Places clause() {
    at++;
    int size = number();
    int[] literals = new int[size];
    var before = new Extent[size];
    int filled = 0;
    while (!atLineStart()) {
      var extent = new Extent(number(), number(), new Chars(hex(), hex(), number() != 0));
      for (int count = number(); count > 0; count--) {
        before[filled] = extent;
        literals[filled++] = number();
      }
    }
    return new NumberedExpression.Places(literals, before);
  }

  private boolean atLineStart() {
    return bytes[at - 1] == '\n';
  }

  /** The text before the next tab or line end, and moves behind that. */
  private String field() {
    int from = at;
    while (bytes[at] != '\t' && bytes[at] != '\n') {
      at++;
    }
    return new String(bytes, from, at++ - from, StandardCharsets.UTF_8);
  }

  private long hex() {
    long value = 0;
    while (bytes[at] != '\t' && bytes[at] != '\n') {
      value = value << 4 | (bytes[at] > '9' ? bytes[at] - 'a' + 10 : bytes[at] - '0');
      at++;
    }
    at++;
    return value;
  }

  private int number() {
    int value = 0;
    while (bytes[at] != '\t' && bytes[at] != '\n') {
      value = value * 10 + bytes[at++] - '0';
    }
    at++;
    return value;
  }
}
