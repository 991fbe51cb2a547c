package dev.sluice.web.http;

import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line of each request: method, route, status, time. No address of the client, no query and no
 * name of a file, which are personal data.
 */
final class RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.web.requests");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH");
  private static final String NO_ROUTE = "none";
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final LongSupplier nanoTime;

  RequestLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  Entry begin(String method) {
    return new Entry(METHODS.contains(method) ? method : "OTHER", nanoTime.getAsLong());
  }

  /** The line of one request. */
  final class Entry {
    private final String method;
    private final long started;
    private String route = NO_ROUTE;
    private boolean broken;

    private Entry(String method, long started) {
      this.method = method;
      this.started = started;
    }

    void at(String path) {
      route = path;
    }

    /** The client was gone before its answer was whole. */
    void broken() {
      broken = true;
    }

    void end(int status) {
      Level level = route.equals(WebServer.HEALTH_PATH) ? Level.DEBUG : Level.INFO;
      long millis = (nanoTime.getAsLong() - started) / NANOS_IN_MILLI;
      LOG.atLevel(level)
          .addKeyValue("event_type", "web_request")
          .addKeyValue("method", method)
          .addKeyValue("route", route)
          .addKeyValue("status", status)
          .addKeyValue("duration_ms", millis)
          .addKeyValue("broken_off", broken)
          .log("{} {} {} {} ms{}", method, route, status, millis, broken ? ", broken off" : "");
    }
  }
}
