package dev.sluice.enricher.useragent;

/**
 * What a user agent says about the client.
 *
 * @param os family of the operating system, {@code Other} when not recognised
 * @param browser family of the user agent, {@code Other} when not recognised
 * @param complete false when the expressions failed on this text
 */
public record Classification(String os, String browser, DeviceType deviceType, boolean complete) {
  private static final String OTHER = "Other";

  /** For a user agent logged as a dash. */
  public static final Classification NONE =
      new Classification(OTHER, OTHER, DeviceType.OTHER, true);

  /** For a user agent on which the expressions failed. */
  public static final Classification UNKNOWN =
      new Classification(OTHER, OTHER, DeviceType.OTHER, false);
}
