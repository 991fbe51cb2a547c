package dev.sluice.local;

import java.net.URI;

/** The only address on which anything of the embedded stack listens. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static URI http(int port) {
    return URI.create("http://" + HOST + ":" + port);
  }
}
