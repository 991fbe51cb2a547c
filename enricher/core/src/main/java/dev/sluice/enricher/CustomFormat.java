package dev.sluice.enricher;

import dev.sluice.enricher.format.LineLayout;

/** A format given as a {@code LogFormat} string, compiled once. Immutable. */
public final class CustomFormat implements LogFormat {
  private final String text;
  private final LineLayout layout;

  /**
   * @throws InvalidLogFormatException if httpd would refuse the string, or if nobody could tell
   *     where one of its fields ends
   */
  public CustomFormat(String formatString) {
    text = formatString;
    layout = LineLayout.compile(formatString);
  }

  @Override
  public String text() {
    return text;
  }

  public LineLayout layout() {
    return layout;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CustomFormat custom && custom.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
