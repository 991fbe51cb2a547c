package dev.sluice.enricher.useragent;

import java.util.ArrayList;
import java.util.List;

/** All expressions in the order of their kinds and of their trial, and the literals they need. */
record PreparedList(LiteralTable literals, List<NumberedExpression> expressions) {
  /**
   * The expressions inside uap-java and the marks of {@link DeviceTypes}, prepared beforehand: a
   * start reads neither YAML nor expressions. See {@link PreparedListReader}.
   */
  static final String RESOURCE = "expressions.tsv";

  /** All of the list that {@link #RESOURCE} holds; a start reads {@link PreparedFiles}. */
  static PreparedList ofUapJava() {
    return new PreparedListReader(PreparedFiles.resource(RESOURCE)).read();
  }

  /** Finds out what the expressions need, which takes longer than reading it. */
  static PreparedList prepare(List<Expression> expressions) {
    var builder = new LiteralTable.Builder();
    var needs = new ArrayList<Needs>();
    var entries = new ArrayList<List<List<LiteralTable.Entry>>>();
    for (Expression expression : expressions) {
      Needs each = LiteralFinder.needs(expression);
      needs.add(each);
      entries.add(each.clauses().stream().map(clause -> enter(clause, builder)).toList());
    }
    LiteralTable literals = builder.build(); // gives the entries their numbers
    var numbered = new ArrayList<NumberedExpression>();
    for (int i = 0; i < expressions.size(); i++) {
      var clauses = new ArrayList<NumberedExpression.Places>();
      for (int j = 0; j < needs.get(i).clauses().size(); j++) {
        clauses.add(places(needs.get(i).clauses().get(j), entries.get(i).get(j)));
      }
      numbered.add(
          new NumberedExpression(
              expressions.get(i), needs.get(i).atStart(), needs.get(i).lead(), clauses));
    }
    return new PreparedList(literals, numbered);
  }

  private static List<LiteralTable.Entry> enter(Clause clause, LiteralTable.Builder builder) {
    return clause.literals().stream()
        .map(literal -> builder.add(literal.text(), clause.anyCase()))
        .toList();
  }

  private static NumberedExpression.Places places(Clause clause, List<LiteralTable.Entry> entries) {
    return new NumberedExpression.Places(
        entries.stream().mapToInt(LiteralTable.Entry::number).toArray(),
        clause.literals().stream().map(Clause.Literal::before).toArray(Extent[]::new));
  }
}
