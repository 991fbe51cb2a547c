package dev.sluice.jmh.corpus;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives user agents other version numbers, so that there are more of them. Not thread-safe. */
final class VariedAgents {
  /** A version with one number after its slash and dot, the part that changes most. */
  private static final Pattern MINOR_VERSION = Pattern.compile("(?<=[A-Za-z]/\\d{1,3}\\.)\\d+");

  private static final int BOT_VERSIONS = 20;
  private static final int RARE_VERSIONS = 100;
  private static final double RARE_SHARE = 0.026;

  private final SplittableRandom random;

  VariedAgents(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Whether a Combined line's user agent calls itself anything but a browser. */
  static boolean isMachine(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    String agent = text.substring(agentFrom(text), text.length() - 1);
    boolean browser = agent.startsWith("Mozilla/") || agent.startsWith("Opera/");
    return agent.contains("+http") || agent.contains("bot") || !browser && !agent.equals("-");
  }

  /** The line with another minor version in its user agent, one of a few. */
  byte[] withOtherVersion(byte[] line) {
    return vary(line, BOT_VERSIONS);
  }

  /** The line, seldom with a minor version that hardly anybody else has. */
  byte[] withRareVersion(byte[] line) {
    return random.nextDouble() < RARE_SHARE ? vary(line, RARE_VERSIONS) : line;
  }

  private byte[] vary(byte[] line, int versions) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    int from = agentFrom(text);
    Matcher version = MINOR_VERSION.matcher(text).region(from, text.length());
    version.useTransparentBounds(true);
    if (!version.find()) {
      return line;
    }
    String varied =
        text.substring(0, version.start())
            + random.nextInt(versions)
            + text.substring(version.end());
    return varied.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int agentFrom(String line) {
    return line.lastIndexOf('"', line.length() - 2) + 1;
  }
}
