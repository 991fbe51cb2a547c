package dev.sluice.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One request and its answer, written by one thread. */
public final class Exchange {

  private static final long UNKNOWN = -1;

  private final Request request;
  private final Response response;
  private Map<String, String> parameters;

  Exchange(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  /** A parameter of the address; an empty one counts as none. */
  public Optional<String> parameter(String name) {
    if (parameters == null) {
      parameters = QueryText.parameters(request.getHttpURI().getQuery());
    }
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /**
   * A parameter that must be there.
   *
   * @throws RefusedException 400
   */
  public String required(String name) {
    return parameter(name)
        .orElseThrow(() -> RefusedException.badRequest("The parameter " + name + " is missing."));
  }

  /**
   * A whole number from {@code min} to {@code max}, both allowed.
   *
   * @throws RefusedException 400
   */
  public int number(String name, int defaultValue, int min, int max) {
    Optional<String> value = parameter(name);
    if (value.isEmpty()) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw RefusedException.badRequest(
        "The parameter " + name + " is no number from " + min + " to " + max + ".");
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** Length of the body as its header says; empty if it comes in chunks. */
  public Optional<Long> bodyLength() {
    long length = request.getLength();
    return length == UNKNOWN ? Optional.empty() : Optional.of(length);
  }

  /** The body; reading fails with an IOException when the client breaks off. */
  public InputStream body() {
    return Request.asInputStream(request);
  }

  public void putHeader(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /** Answers with a text in UTF-8. */
  public void text(int status, String type, String text) throws IOException {
    bytes(status, type + ";charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a body of known bytes. */
  public void bytes(int status, String type, byte[] body) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    Content.Sink.write(response, true, ByteBuffer.wrap(body));
  }

  /** Answers without a body. */
  public void empty(int status) throws IOException {
    response.setStatus(status);
    Content.Sink.write(response, true, ByteBuffer.allocate(0));
  }

  /** Answers with a body that is written bit by bit; the caller closes it once it is whole. */
  public OutputStream stream(String type, long length) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    return Content.Sink.asOutputStream(response);
  }
}
