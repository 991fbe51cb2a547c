package dev.sluice.enricher.steps;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Secrets that are known by how they begin. */
final class KnownTokens {
  private static final int MIN_JWT_PART = 5;

  /** {@code {"} in base64url: the beginning of every header of a JSON Web Token (RFC 7519). */
  private static final byte[] JWT = "eyJ".getBytes(US_ASCII);

  /**
   * @param minBytes of the whole key
   */
  private record Prefix(byte[] text, int minBytes) {
    Prefix(String text, int minBytes) {
      this(text.getBytes(US_ASCII), minBytes);
    }
  }

  private static final Prefix[] PREFIXES = {
    new Prefix("AKIA", 20), // AWS access keys, lasting and temporary
    new Prefix("ASIA", 20),
    new Prefix("AIza", 35), // Google
    new Prefix("ghp_", 30), // GitHub
    new Prefix("gho_", 30),
    new Prefix("ghu_", 30),
    new Prefix("ghs_", 30),
    new Prefix("ghr_", 30),
    new Prefix("github_pat_", 30),
    new Prefix("glpat-", 20), // GitLab
    new Prefix("xoxb-", 20), // Slack
    new Prefix("xoxp-", 20),
    new Prefix("xoxa-", 20),
    new Prefix("xoxr-", 20),
    new Prefix("sk_live_", 20), // Stripe
    new Prefix("sk_test_", 20),
    new Prefix("rk_live_", 20),
    new Prefix("pk_live_", 20),
    new Prefix("sk-", 32), // several
    new Prefix("npm_", 30),
    new Prefix("ya29", 20) // Google OAuth
  };

  private KnownTokens() {}

  /** Whether the word from {@code from} (in) to {@code to} (out) begins as keys do. */
  static boolean isKey(byte[] text, int from, int to) {
    for (Prefix prefix : PREFIXES) {
      if (to - from >= prefix.minBytes() && startsWith(text, from, to, prefix.text())) {
        return true;
      }
    }
    return false;
  }

  /**
   * One after the last byte of the token whose first part is the word from {@code from} (in) to
   * {@code to} (out), or {@code from} when that begins none.
   */
  static int jwtEnd(byte[] text, int from, int to, int length) {
    if (to - from < MIN_JWT_PART + JWT.length || !startsWith(text, from, to, JWT)) {
      return from;
    }
    int end = to;
    while (end < length && text[end] == '.') {
      int part = end + 1;
      while (part < length && Bytes.isWord(text[part])) {
        part++;
      }
      end = part;
    }
    return end - to > MIN_JWT_PART ? end : from;
  }

  private static boolean startsWith(byte[] text, int from, int to, byte[] prefix) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (text[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
