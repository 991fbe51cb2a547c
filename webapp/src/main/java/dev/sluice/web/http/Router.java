package dev.sluice.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds who answers a request, and answers itself where that fails; logs one line of each. */
final class Router extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.web");

  /**
   * What is read of a body after it was refused, so that a client which still sends it sees the
   * answer and no broken connection.
   */
  private static final long MAX_LINGER_BYTES = 16L << 20;

  private static final int BUFFER_BYTES = 64 << 10;

  private final List<Route> routes;
  private final RequestGuard guard;
  private final RequestLog log;
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean stopping;

  Router(List<Route> routes, RequestGuard guard, RequestLog log) {
    this.routes = List.copyOf(routes);
    this.guard = guard;
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    running.incrementAndGet();
    RequestLog.Entry entry = log.begin(request.getMethod());
    try {
      SecurityHeaders.put(response.getHeaders());
      answer(request, response, entry);
      callback.succeeded();
    } catch (IOException clientGone) {
      entry.broken();
      callback.failed(clientGone);
    } finally {
      entry.end(response.getStatus());
      running.decrementAndGet();
    }
    return true;
  }

  private void answer(Request request, Response response, RequestLog.Entry entry)
      throws IOException {
    try {
      if (stopping) {
        throw new RefusedException(503, "The server is stopping.");
      }
      Route route = route(request);
      entry.at(route.path());
      guard.check(route, request.getHeaders());
      route.endpoint().answer(new Exchange(request, response));
    } catch (RefusedException refused) {
      refuse(request, response, refused);
    } catch (SdkException aws) {
      LOG.warn("AWS does not do its part: {}", aws.toString());
      refuse(
          request,
          response,
          new RefusedException(502, "The storage does not answer as it should; try again."));
    } catch (RuntimeException bug) {
      LOG.error("a request failed", bug);
      refuse(request, response, new RefusedException(500, "That is a fault of the server."));
    }
  }

  private Route route(Request request) {
    String path = request.getHttpURI().getPath();
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    boolean known = false;
    for (Route route : routes) {
      if (route.path().equals(path)) {
        if (route.method().equals(method)) {
          return route;
        }
        known = true;
      }
    }
    throw known
        ? new RefusedException(405, "That cannot be done here.")
        : RefusedException.notFound("There is no such page.");
  }

  private static void refuse(Request request, Response response, RefusedException refused)
      throws IOException {
    if (response.isCommitted()) {
      throw new IOException("failed after the answer had begun: " + refused.getMessage());
    }
    if (refused.status() == 401) {
      response
          .getHeaders()
          .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Sluice\", charset=\"UTF-8\"");
    }
    boolean mayHaveBody = request.getLength() != 0 && !request.getMethod().equals("GET");
    if (mayHaveBody) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    new Exchange(request, response)
        .bytes(refused.status(), "application/json", ErrorAnswer.json(refused.getMessage()));
    if (mayHaveBody && !request.getHeaders().contains(HttpHeader.EXPECT)) {
      linger(request);
    }
  }

  private static void linger(Request request) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long rest = MAX_LINGER_BYTES;
    try (InputStream body = Request.asInputStream(request)) {
      int read;
      while (rest > 0 && (read = body.read(buffer)) >= 0) {
        rest -= read;
      }
    } catch (IOException clientHasStopped) {
      // It has its answer, or does not want one.
    }
  }

  /** Refuses what comes from now on. */
  void stopTaking() {
    stopping = true;
  }

  /** Requests that are being answered. */
  int running() {
    return running.get();
  }
}
