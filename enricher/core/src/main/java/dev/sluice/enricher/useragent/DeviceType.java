package dev.sluice.enricher.useragent;

import java.util.Locale;

/** Kind of device behind a user agent. */
public enum DeviceType {
  BOT,
  TV,
  CONSOLE,
  TABLET,
  MOBILE,
  DESKTOP,
  OTHER;

  /** The name in the output, such as {@code desktop}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
