package dev.sluice.web.http;

/**
 * What is answered where.
 *
 * @param method GET, which answers HEAD too, or PUT
 * @param path as a whole
 * @param open answered without a login
 */
public record Route(String method, String path, boolean open, Endpoint endpoint) {

  public static Route get(String path, Endpoint endpoint) {
    return new Route("GET", path, false, endpoint);
  }

  /** One for machines that watch; it must say nothing about files. */
  public static Route openGet(String path, Endpoint endpoint) {
    return new Route("GET", path, true, endpoint);
  }

  public static Route put(String path, Endpoint endpoint) {
    return new Route("PUT", path, false, endpoint);
  }
}
