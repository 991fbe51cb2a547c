package dev.sluice.local;

import java.net.URI;

/** The only address on which anything of the embedded stack listens. */
public final class Loopback {

  public static final String HOST = "127.0.0.1";

  private Loopback() {}

  /** The endpoint on that port, {@code http://127.0.0.1:<port>}. */
  public static URI http(int port) {
    return URI.create("http://" + HOST + ":" + port);
  }
}
