package dev.sluice.jmh.functions;

import java.util.Locale;

/** What the function does with lines. */
public enum FunctionKind {
  /** Enriches them, with its default settings. */
  ENRICH,
  /** Passes them on as they are. */
  OFF;

  /** The kind of a parameter's value, such as {@code enrich}. */
  public static FunctionKind named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
