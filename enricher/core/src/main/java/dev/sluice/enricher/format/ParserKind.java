package dev.sluice.enricher.format;

/** How the fields of a line are found; every answer is the same, and a test holds them to it. */
public enum ParserKind {
  /** Over the bytes, for the built-in formats; any other format takes its regular expression. */
  SCANNER,
  /** The regular expression that defines the format. */
  REGEX
}
