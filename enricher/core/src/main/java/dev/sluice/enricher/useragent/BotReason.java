package dev.sluice.enricher.useragent;

import java.util.Locale;

/** What gives a robot away; the first that holds. docs/format.md shows the same rows. */
public enum BotReason {
  /** ua-parser's family of the device is {@code Spider}. */
  DEVICE_FAMILY,
  /** ua-parser's family of the user agent names a robot. */
  BROWSER_FAMILY,
  /** The text names a robot that ua-parser does not know. */
  MARK;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in the output, such as {@code device_family}. */
  public String label() {
    return label;
  }
}
