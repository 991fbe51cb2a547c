package dev.sluice.enricher.useragent;

import java.io.IOException;
import java.util.List;

/** Lists of expressions for tests. */
final class Expressions {
  private Expressions() {}

  /** The list inside uap-java with the marks, prepared from its YAML. */
  static PreparedList prepared() throws IOException {
    return PreparedListWriter.prepared();
  }

  /** All of that list. */
  static List<Expression> ofUapJava() throws IOException {
    return prepared().expressions().stream().map(NumberedExpression::expression).toList();
  }
}
