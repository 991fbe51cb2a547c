package dev.sluice.enricher.format;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.LogFormat;

/** Finds the fields of a line. Implementations are not thread-safe. */
public interface LineParser {
  /**
   * Fills {@code into} with the fields of the line, or answers false and leaves {@code into}
   * undefined when the bytes from {@code from} (in) to {@code to} (out) are no line of the format.
   * Only the shape of the fields is looked at: that a day exists in its month is not. Takes linear
   * time and a constant stack, and throws for no input.
   */
  boolean parse(byte[] buffer, int from, int to, AccessLogLine into);

  /** A parser of the kind, or the regular expression where there is no scanner for the format. */
  static LineParser of(LogFormat format, ParserKind kind) {
    return of(format, kind, KnownUserAgents.NONE);
  }

  /**
   * The same with user agents that are known already, which change no answer.
   *
   * @param userAgents are told to the line by a parser that can make use of them
   */
  static LineParser of(LogFormat format, ParserKind kind, KnownUserAgents userAgents) {
    return kind == ParserKind.SCANNER && format instanceof BuiltInFormat builtIn
        ? new ScannerParser(builtIn, userAgents)
        : new RegexParser(format);
  }
}
