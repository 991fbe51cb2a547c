package dev.sluice.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/** The one user of the pages (HTTP basic authentication, RFC 7617, UTF-8). */
public record Login(String user, String password) {

  /** Nothing stops somebody from guessing on, so the password has to. */
  public static final int MIN_PASSWORD_CHARS = 12;

  private static final String SCHEME = "basic ";

  public Login {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /**
   * Whether a header carries this user and password. Takes the same time whatever is wrong with
   * them.
   *
   * @param authorization value of the header, or null
   */
  boolean isIn(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] given;
    try {
      given = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
    byte[] wanted = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(digest(given), digest(wanted)); // of equal lengths
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[" + user + "]";
  }
}
