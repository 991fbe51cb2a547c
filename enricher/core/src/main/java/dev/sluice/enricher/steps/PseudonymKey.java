package dev.sluice.enricher.steps;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which pseudonyms are made. Is never printed: its text says only that it is one.
 */
public final class PseudonymKey {
  /**
   * Least bytes of the key: there are only four billion IPv4 addresses to try, so all of the
   * strength is in the key.
   */
  public static final int MIN_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  private PseudonymKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * @throws IllegalArgumentException if the text is too short; its message does not repeat it
   */
  public static PseudonymKey of(String text) {
    byte[] secret = text.getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "has " + secret.length + " bytes, expected " + MIN_BYTES + " or more");
    }
    return new PseudonymKey(secret);
  }

  Mac newMac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PseudonymKey key && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return secret.length; // nothing that tells about the key
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
