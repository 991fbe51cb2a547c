package dev.sluice.enricher.useragent;

import dev.sluice.enricher.OutputBuffer;

/**
 * The rendered part of a JSON line that depends on the user agent alone.
 *
 * @param json keys with their values, each after a comma; not to be changed
 * @param deviceType null when there is no user agent, or only what an earlier stage wrote of it
 * @param isBot whether it is a robot's
 * @param botReason why, or null when it is none or an earlier stage has said so
 * @param complete false when the user agent could not be classified
 */
public record UserAgentFragment(
    byte[] json, DeviceType deviceType, boolean isBot, BotReason botReason, boolean complete) {
  /** For lines whose format has no user agent. */
  public static final UserAgentFragment NOTHING =
      new UserAgentFragment(new byte[0], null, false, null, true);

  private static final int USUAL_BYTES = 128;

  static UserAgentFragment of(Classification classification, UserAgentRenderer renderer) {
    var out = new OutputBuffer(USUAL_BYTES);
    renderer.append(classification, out);
    return new UserAgentFragment(
        out.toByteArray(),
        classification.deviceType(),
        classification.isBot(),
        classification.botReason(),
        classification.complete());
  }

  /** What an earlier stage has written, of a user agent that may be gone. */
  public static UserAgentFragment kept(byte[] json, boolean isBot) {
    return new UserAgentFragment(json, null, isBot, null, true);
  }
}
