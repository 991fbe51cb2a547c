package dev.sluice.enricher.useragent;

/**
 * What a user agent says about the client.
 *
 * @param parsed what uap-java says
 * @param botReason why this is a robot, or null when it is none; its device type is bot then, and
 *     only then
 * @param complete false when the expressions failed on this text
 */
public record Classification(
    ParsedUserAgent parsed, DeviceType deviceType, BotReason botReason, boolean complete) {

  /** For a user agent logged as a dash. */
  public static final Classification NONE =
      new Classification(ParsedUserAgent.NOTHING, DeviceType.OTHER, null, true);

  /** For a user agent on which the expressions failed. */
  public static final Classification UNKNOWN =
      new Classification(ParsedUserAgent.NOTHING, DeviceType.OTHER, null, false);

  /** Family of the operating system, {@code Other} when not recognised. */
  public String os() {
    return parsed.os().family();
  }

  /** Family of the user agent, {@code Other} when not recognised. */
  public String browser() {
    return parsed.browser().family();
  }

  public boolean isBot() {
    return botReason != null;
  }
}
