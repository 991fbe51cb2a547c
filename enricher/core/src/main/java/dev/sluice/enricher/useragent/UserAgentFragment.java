package dev.sluice.enricher.useragent;

import dev.sluice.enricher.OutputBuffer;

/**
 * The rendered part of a JSON line that depends on the user agent alone.
 *
 * @param json keys with their values, each after a comma; not to be changed
 * @param deviceType null when there is no user agent, or only what an earlier stage wrote of it
 * @param botReason why this is a robot, or null when it is none
 * @param complete false when the user agent could not be classified
 */
public record UserAgentFragment(
    byte[] json, DeviceType deviceType, BotReason botReason, boolean complete) {
  /** For lines whose format has no user agent. */
  public static final UserAgentFragment NOTHING =
      new UserAgentFragment(new byte[0], null, null, true);

  private static final int USUAL_BYTES = 128;

  /** What an earlier stage has written; it has not said why a robot is one. */
  public static UserAgentFragment kept(byte[] json) {
    return new UserAgentFragment(json, null, null, true);
  }

  static UserAgentFragment of(Classification classification, UserAgentRenderer renderer) {
    var out = new OutputBuffer(USUAL_BYTES);
    renderer.append(classification, out);
    return new UserAgentFragment(
        out.toByteArray(),
        classification.deviceType(),
        classification.botReason(),
        classification.complete());
  }

  public boolean isBot() {
    return botReason != null;
  }
}
