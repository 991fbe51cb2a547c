package dev.sluice.enricher.useragent;

import dev.sluice.enricher.OutputBuffer;

/**
 * The rendered part of a JSON line that depends on the user agent alone.
 *
 * @param json keys with their values, each after a comma; not to be changed
 * @param botReason why this is a robot, or null when it is none
 * @param complete false when the user agent could not be classified
 */
public record UserAgentFragment(byte[] json, BotReason botReason, boolean complete) {
  /** For lines whose format has no user agent. */
  public static final UserAgentFragment NOTHING = new UserAgentFragment(new byte[0], null, true);

  private static final int USUAL_BYTES = 128;

  static UserAgentFragment of(Classification classification, UserAgentRenderer renderer) {
    var out = new OutputBuffer(USUAL_BYTES);
    renderer.append(classification, out);
    return new UserAgentFragment(
        out.toByteArray(), classification.botReason(), classification.complete());
  }

  public boolean isBot() {
    return botReason != null;
  }
}
