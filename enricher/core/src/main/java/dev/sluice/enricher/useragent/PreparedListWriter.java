package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.NumberedExpression.Places;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ua_parser.Parser;

/**
 * Writes the prepared list of uap-java's own expressions. The build runs it after the compiler, so
 * that a start neither reads YAML nor analyses expressions, and no copy of them is kept here.
 */
public final class PreparedListWriter {
  private static final String HEAD =
      """
      # The expressions of ua-parser (https://github.com/ua-parser/uap-core, Apache License 2.0) as uap-java has them,
      # and those of DeviceTypes, after the literals that they need. PreparedListReader explains the fields.
      # Written by PreparedListWriter during the build. Do not edit.
      """;

  private PreparedListWriter() {}

  /**
   * @param arguments the folder of the compiled classes
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0], "dev", "sluice", "enricher", "useragent");
    byte[] list = write(prepared()).getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve(PreparedList.RESOURCE), list);
    Files.write(folder.resolve(PreparedFiles.TABLES), PreparedFiles.tables(list));
  }

  /** The list inside uap-java with the marks, prepared from its YAML. */
  static PreparedList prepared() throws IOException {
    try (InputStream in = Parser.class.getResourceAsStream("/ua_parser/regexes.yaml")) {
      return UserAgentClassifier.prepare(RegexesYaml.read(in));
    }
  }

  static String write(PreparedList list) {
    var out = new StringBuilder(HEAD);
    LiteralTable literals = list.literals();
    for (int i = 0; i < literals.folded().length; i++) {
      var fields = new ArrayList<String>(List.of("-", literals.folded()[i]));
      for (int literal = literals.firsts()[i]; literal < literals.firsts()[i + 1]; literal++) {
        fields.add(literals.exactly()[literal] == null ? "" : literals.exactly()[literal]);
      }
      line(out, fields);
    }
    for (NumberedExpression each : list.expressions()) {
      Expression expression = each.expression();
      line(
          out,
          List.of(
              expression.kind().name(),
              (expression.ignoreCase() ? "i" : "")
                  + (each.atStart() ? "^" : "")
                  + (each.lead() ? "." : ""),
              expression.regex(),
              replacement(expression.family()),
              replacement(expression.major()),
              replacement(expression.minor()),
              replacement(expression.patch())));
      each.clauses().forEach(clause -> line(out, fields(clause)));
    }
    return out.toString();
  }

  private static List<String> fields(Places clause) {
    var fields = new ArrayList<String>(List.of("", String.valueOf(clause.literals().length)));
    int from = 0;
    while (from < clause.literals().length) {
      Extent before = clause.before()[from];
      int to = from;
      while (to < clause.literals().length && clause.before()[to].equals(before)) {
        to++;
      }
      fields.add(String.valueOf(before.min()));
      fields.add(String.valueOf(before.max()));
      fields.add(Long.toHexString(before.chars().low()));
      fields.add(Long.toHexString(before.chars().high()));
      fields.add(before.chars().beyondAscii() ? "1" : "0");
      fields.add(String.valueOf(to - from));
      for (; from < to; from++) {
        fields.add(String.valueOf(clause.literals()[from]));
      }
    }
    return fields;
  }

  private static String replacement(String text) {
    return text == null ? "" : "=" + text;
  }

  private static void line(StringBuilder out, List<String> fields) {
    String line = String.join("\t", fields);
    if (line.replace("\t", "").chars().anyMatch(Character::isISOControl)) {
      throw new IllegalStateException("a field holds a control character: " + fields);
    }
    out.append(line).append('\n');
  }
}
