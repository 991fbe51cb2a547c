package dev.sluice.enricher.steps;

/** Marks what must not be written, of one kind. Takes time proportional to the text. */
interface TextFinder {
  void mark(DecodedText text, TextMarks marks);
}
