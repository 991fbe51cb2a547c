package dev.sluice.enricher.profile;

import java.util.Locale;

/** Keys of {@code flat} that a line has only when asked for: docs/format.md, "Groups". */
public enum OutputGroup {
  /** What follows from the fields alone. */
  DERIVED,
  /** Whether something is odd about the line, and what. */
  QUALITY,
  /** A name that no other line has, for whoever must tell a repeated line from a second one. */
  EVENT_ID,
  /** What the settings say about all lines. */
  TAGS,
  /** Which version of docs/schema/flat.json the line obeys. */
  SCHEMA_VERSION;

  /** The word in settings, such as {@code event_id}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
