package dev.sluice.tweets.photo;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Where photos may be fetched and how long and large that may be. Only hosts are for users to
 * choose.
 *
 * @param hosts in lower case
 * @param port the only one
 * @param maxBytes of one photo
 * @param timeout for one photo, with all its attempts and redirects
 * @param maxAttempts for one photo, where failures are passing
 */
public record FetchRules(
    Set<String> hosts, int port, int maxBytes, Duration timeout, int maxAttempts) {
  static final int MAX_REDIRECTS = 3;

  private static final int HTTPS_PORT = 443;
  private static final int MAX_PHOTO_BYTES = 10 << 20;
  private static final Duration PHOTO_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_ATTEMPTS = 3;

  public FetchRules {
    hosts = Set.copyOf(hosts);
  }

  /** Those of production: port 443, 10 MiB, 10 s, three attempts. */
  public static FetchRules forHosts(Set<String> hosts) {
    return new FetchRules(hosts, HTTPS_PORT, MAX_PHOTO_BYTES, PHOTO_TIMEOUT, MAX_ATTEMPTS);
  }

  /**
   * The URL, if it may be asked.
   *
   * @throws PhotoFailedException when it may not
   */
  URI checked(String url) throws PhotoFailedException {
    try {
      return checked(new URI(url));
    } catch (URISyntaxException e) {
      throw new PhotoFailedException(PhotoFailure.REFUSED_URL);
    }
  }

  URI checked(URI url) throws PhotoFailedException {
    boolean allowed =
        "https".equalsIgnoreCase(url.getScheme())
            && url.getHost() != null
            && hosts.contains(hostOf(url))
            && url.getRawUserInfo() == null
            && portOf(url) == port;
    if (!allowed) {
      throw new PhotoFailedException(PhotoFailure.REFUSED_URL);
    }
    return url;
  }

  static String hostOf(URI url) {
    return url.getHost().toLowerCase(Locale.ROOT);
  }

  private static int portOf(URI url) {
    return url.getPort() < 0 ? HTTPS_PORT : url.getPort();
  }
}
