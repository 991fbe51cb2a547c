package dev.sluice.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.HostPort;

/**
 * Who may ask for what. Without a login only pages under a loopback name are served, so that a
 * foreign page cannot reach them by a name of its own that points to 127.0.0.1 (DNS rebinding).
 * What changes anything needs the token of this process in a header, which a foreign page can
 * neither read nor send, and must not come from another origin.
 */
public final class RequestGuard {

  /** Header that carries the token. */
  public static final String TOKEN_HEADER = "X-Sluice-Token";

  private static final int TOKEN_BYTES = 32;

  private final Optional<Login> login;
  private final String token;

  public RequestGuard(Optional<Login> login, SecureRandom random) {
    this.login = login;
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The token, which the pages carry. */
  String token() {
    return token;
  }

  /**
   * Lets a request pass.
   *
   * @throws RefusedException 401, 403 or 421
   */
  void check(Route route, HttpFields headers) {
    if (!route.open()) {
      checkPerson(headers);
    }
    if (!route.method().equals("GET")) {
      checkIntention(headers);
    }
  }

  private void checkPerson(HttpFields headers) {
    if (login.isEmpty()) {
      String host = headers.get(HttpHeader.HOST);
      if (host == null || !LoopbackNames.contains(nameOf(host))) {
        throw new RefusedException(
            421, "Without a password these pages answer to localhost and 127.0.0.1 only.");
      }
    } else if (!login.get().isIn(headers.get(HttpHeader.AUTHORIZATION))) {
      throw new RefusedException(401, "User and password are needed.");
    }
  }

  private static String nameOf(String host) {
    try {
      return new HostPort(host).getHost();
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private void checkIntention(HttpFields headers) {
    String given = headers.get(TOKEN_HEADER);
    if (given == null
        || !MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
      throw new RefusedException(
          403, "The page is older than the server, or the request is not from it: load it again.");
    }
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null && !isOfThisHost(origin, headers.get(HttpHeader.HOST))) {
      throw new RefusedException(403, "The request comes from a page of another origin.");
    }
    String site = headers.get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new RefusedException(403, "The request comes from a page of another site.");
    }
  }

  /** The scheme is not compared: a load balancer may have ended TLS. */
  private static boolean isOfThisHost(String origin, String host) {
    int authority = origin.indexOf("://");
    return host != null && authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
  }
}
