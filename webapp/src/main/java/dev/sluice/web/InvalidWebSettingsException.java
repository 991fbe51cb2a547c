package dev.sluice.web;

import java.util.List;

/** Settings that cannot be used. The message holds all problems, joined by "; ". */
public final class InvalidWebSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // what List.copyOf gives is serializable
  private final List<String> problems;

  public InvalidWebSettingsException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each wrong setting, in the order in which they were read. */
  public List<String> problems() {
    return problems;
  }
}
