package dev.sluice.jmh.parser;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.format.LineParser;
import java.util.Locale;
import java.util.function.Supplier;

/** The parsers that are measured against each other. */
public enum ParserKind {
  /** Sluice's scanner. */
  OURS(() -> ourParser(dev.sluice.enricher.format.ParserKind.SCANNER)),
  /** Sluice's regular expression, which defines the format. */
  DEFINITION(() -> ourParser(dev.sluice.enricher.format.ParserKind.REGEX)),
  /** A precompiled expression with possessive quantifiers. */
  REGEX(() -> new ExpressionParser(ExpressionParser.POSSESSIVE)),
  /** The expression that everybody writes first. */
  IDIOMATIC(() -> new ExpressionParser(ExpressionParser.IDIOMATIC)),
  /** httpdlog-parser. */
  HTTPDLOG(HttpdlogFieldParser::new),
  /** java-grok. */
  GROK(GrokParser::new);

  private final Supplier<FieldParser> maker;

  ParserKind(Supplier<FieldParser> maker) {
    this.maker = maker;
  }

  private static FieldParser ourParser(dev.sluice.enricher.format.ParserKind kind) {
    return new OurParser(LineParser.of(BuiltInFormat.COMBINED, kind));
  }

  /** The parser of a parameter's value, such as {@code httpdlog}. */
  public static ParserKind named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** A parser for one thread. */
  public FieldParser newParser() {
    return maker.get();
  }
}
