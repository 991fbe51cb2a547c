package dev.sluice.cli.demo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Fingerprint of a bag of lines, whatever their order: how many there are, and the sum of their
 * hashes. Two bags with one line lost, doubled or changed differ; duplicates count. Constant
 * memory. Not thread-safe.
 */
final class LineFingerprint {

  private final MessageDigest sha256;
  private long lines;
  private long highSum;
  private long lowSum;

  LineFingerprint() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(byte[] bytes, int from, int to) {
    sha256.update(bytes, from, to - from);
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
    highSum += hash.getLong();
    lowSum += hash.getLong();
    lines++;
  }

  long lines() {
    return lines;
  }

  /** Whether the other bag holds exactly the same lines, each as often. */
  boolean matches(LineFingerprint other) {
    return lines == other.lines && highSum == other.highSum && lowSum == other.lowSum;
  }
}
