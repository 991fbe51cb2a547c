package dev.sluice.enricher.useragent;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What the search in front of a list's expressions knows, all of it in arrays, so that the build
 * can make it and a start copies it.
 *
 * @param lengths of the folded texts, by their names in the automaton
 * @param firsts for each of those the number of its first literal; one more at last
 * @param openFrom for each literal where its expressions begin in {@code opens}; one more at last
 * @param opens the expressions whose first clause a literal fulfils
 * @param always one bit for each expression without any clause
 * @param ends where the expressions of each kind end
 */
record SearchTables(
    LiteralAutomaton automaton,
    int[] lengths,
    int[] firsts,
    int[] openFrom,
    int[] opens,
    long[] always,
    int[] ends) {

  static SearchTables of(PreparedList list) {
    String[] folded = list.literals().folded();
    int[] lengths = new int[folded.length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = folded[i].length();
    }
    List<NumberedExpression> expressions = list.expressions();
    int[] openFrom = openFrom(expressions, list.literals().exactly().length);
    int[] opens = new int[openFrom[openFrom.length - 1]];
    int[] filled = openFrom.clone();
    long[] always = new long[(expressions.size() + 63) >>> 6];
    int[] ends = new int[ExpressionKind.values().length];
    for (int i = 0; i < expressions.size(); i++) {
      NumberedExpression each = expressions.get(i);
      Arrays.fill(ends, each.expression().kind().ordinal(), ends.length, i + 1);
      if (each.clauses().isEmpty()) {
        always[i >>> 6] |= 1L << i;
      } else {
        for (int literal : each.clauses().get(0).literals()) {
          opens[filled[literal]++] = i;
        }
      }
    }
    return new SearchTables(
        new LiteralAutomaton(folded),
        lengths,
        list.literals().firsts(),
        openFrom,
        opens,
        always,
        ends);
  }

  private static int[] openFrom(List<NumberedExpression> expressions, int literals) {
    int[] from = new int[literals + 1];
    for (NumberedExpression each : expressions) {
      if (!each.clauses().isEmpty()) {
        for (int literal : each.clauses().get(0).literals()) {
          from[literal + 1]++;
        }
      }
    }
    for (int i = 0; i < literals; i++) {
      from[i + 1] += from[i];
    }
    return from;
  }

  void write(DataOutputStream out) throws IOException {
    automaton.write(out);
    Tables.write(lengths, out);
    Tables.write(firsts, out);
    Tables.write(openFrom, out);
    Tables.write(opens, out);
    Tables.write(always, out);
    Tables.write(ends, out);
  }

  /** What {@link #write} has written. */
  static SearchTables read(ByteBuffer in) {
    return new SearchTables(
        LiteralAutomaton.read(in),
        Tables.ints(in),
        Tables.ints(in),
        Tables.ints(in),
        Tables.ints(in),
        Tables.longs(in),
        Tables.ints(in));
  }
}
