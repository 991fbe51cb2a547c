package dev.sluice.web.http;

import java.io.IOException;

/** Answers the requests of one route. Called by many threads at once; may block. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers once.
   *
   * @throws RefusedException for an error that the client is told
   * @throws IOException when the client is gone
   */
  void answer(Exchange exchange) throws IOException;
}
