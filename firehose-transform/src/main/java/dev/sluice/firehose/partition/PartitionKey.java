package dev.sluice.firehose.partition;

import java.util.Locale;

/** What the lines of a record can be filed under. */
public enum PartitionKey {
  /** Name of the client's country. */
  COUNTRY(true),
  /** Day on which the request was received, such as 2026-01-31. */
  DATE(false),
  /** Hour in which the request was received, 00 to 23. */
  HOUR(false),
  /** First digit of the status, such as 2xx. */
  STATUS_CLASS(false),
  /** The page that was asked for: clients choose it, so it needs a bound most of all. */
  PAGE(true);

  private final boolean open;

  PartitionKey(boolean open) {
    this.open = open;
  }

  /** Whether it has values without end. */
  boolean isOpen() {
    return open;
  }

  /** Whether it tells a time: the first line of a record decides. */
  boolean isTime() {
    return this == DATE || this == HOUR;
  }

  /** Its name in settings and in {@code partitionKeys}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
