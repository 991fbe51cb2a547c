package dev.sluice.files.report;

import java.util.Locale;

/** What is done with a file, by the end of its name. */
public enum FileKind {
  /** {@code .txt}: its content goes to the log of the function. */
  TEXT,
  /** {@code .log}, {@code .log.gz}, {@code .log.zst}: its lines are enriched. */
  LOG,
  /** Anything else: only its metadata is kept. */
  OTHER;

  /** The kind of a file called so; case does not matter. */
  public static FileKind of(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    if (name.endsWith(".txt")) {
      return TEXT;
    }
    boolean log = name.endsWith(".log") || name.endsWith(".log.gz") || name.endsWith(".log.zst");
    return log ? LOG : OTHER;
  }

  /** As it is stored and told. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
