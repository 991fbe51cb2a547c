package dev.sluice.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lambda's Runtime API for one runtime with one invocation at a time (AWS Lambda, "Using the Lambda
 * runtime API"). A runtime that asks for an event while there is none is kept waiting, without a
 * thread.
 */
final class RuntimeApi extends Handler.Abstract {

  /** Bound of a response: 6 MiB and 100 bytes, as the service's own error message says. */
  static final int RESPONSE_BYTES_MAX = 6_291_556;

  /** A runtime that sends more than this loses its connection. */
  private static final int BODY_BYTES_MAX = 64 << 20;

  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final String NEXT = PREFIX + "invocation/next";
  private static final String INIT_ERROR = PREFIX + "init/error";
  private static final String INVOCATION = PREFIX + "invocation/";
  private static final int ACCEPTED = 202;

  /** A runtime that waits for an event. */
  private record Poll(Response response, Callback exchange) {}

  private Optional<Poll> waiting = Optional.empty();
  private Optional<Invocation> offered = Optional.empty();
  private Optional<Invocation> running = Optional.empty();

  /** Hands the invocation to the runtime, now or when it asks. */
  synchronized void offer(Invocation invocation) {
    offered = Optional.of(invocation);
    running = offered;
    waiting.ifPresent(this::hand);
  }

  /** Forgets everything about a runtime that has ended. */
  synchronized void reset() {
    waiting = Optional.empty();
    offered = Optional.empty();
    running = Optional.empty();
  }

  @Override
  public boolean handle(Request request, Response response, Callback exchange) throws IOException {
    String path = Request.getPathInContext(request);
    if (HttpMethod.GET.is(request.getMethod()) && path.equals(NEXT)) {
      next(new Poll(response, exchange));
    } else if (!HttpMethod.POST.is(request.getMethod())) {
      refuse(405, "MethodNotAllowed", request.getMethod() + " " + path, response, exchange);
    } else if (path.equals(INIT_ERROR)) {
      failed(current(), request, response, exchange);
    } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
      responded(named(path, "/response"), request, response, exchange);
    } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
      failed(named(path, "/error"), request, response, exchange);
    } else {
      refuse(404, "NotFound", "The Runtime API has no " + path, response, exchange);
    }
    return true;
  }

  private synchronized void next(Poll poll) {
    waiting = Optional.of(poll);
    if (offered.isPresent()) {
      hand(poll);
    }
  }

  private void hand(Poll poll) {
    Invocation invocation = offered.orElseThrow();
    waiting = Optional.empty();
    offered = Optional.empty();
    var headers = poll.response().getHeaders();
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.take()));
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.put("Lambda-Runtime-Trace-Id", invocation.traceId());
    write(200, invocation.event(), poll.response(), poll.exchange());
  }

  private synchronized Optional<Invocation> current() {
    return running;
  }

  private Optional<Invocation> named(String path, String end) {
    String requestId = path.substring(INVOCATION.length(), path.length() - end.length());
    return current().filter(invocation -> invocation.requestId().equals(requestId));
  }

  private void responded(
      Optional<Invocation> invocation, Request request, Response response, Callback exchange)
      throws IOException {
    byte[] body = body(request);
    if (invocation.isEmpty()) {
      refuse(400, "InvalidRequestID", "Invalid request ID", response, exchange);
    } else if (body.length > RESPONSE_BYTES_MAX) {
      invocation
          .get()
          .end(
              LambdaAnswer.failure(
                  LambdaAnswer.RESPONSE_TOO_LARGE,
                  "Response payload size exceeded maximum allowed payload size ("
                      + RESPONSE_BYTES_MAX
                      + " bytes)."));
      refuse(
          413,
          "RequestEntityTooLarge",
          "Exceeded maximum allowed payload size (" + RESPONSE_BYTES_MAX + " bytes).",
          response,
          exchange);
    } else {
      accept(response, exchange);
      invocation.get().end(LambdaAnswer.success(body));
    }
  }

  private void failed(
      Optional<Invocation> invocation, Request request, Response response, Callback exchange)
      throws IOException {
    byte[] document = body(request);
    String reported = request.getHeaders().get("Lambda-Runtime-Function-Error-Type");
    accept(response, exchange);
    invocation.ifPresent(
        each ->
            each.end(
                LambdaAnswer.reported(
                    reported == null ? LambdaAnswer.UNKNOWN_ERROR : reported, document)));
  }

  /** Blocks one of the server's threads, which is enough for one runtime. */
  private static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      return in.readNBytes(BODY_BYTES_MAX);
    }
  }

  private static void accept(Response response, Callback exchange) {
    write(ACCEPTED, json("{\"status\":\"OK\"}"), response, exchange);
  }

  private static void refuse(
      int status, String type, String message, Response response, Callback exchange) {
    write(status, LambdaAnswer.failure(type, message).payload(), response, exchange);
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(int status, byte[] body, Response response, Callback exchange) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), exchange);
  }
}
