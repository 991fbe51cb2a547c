package dev.sluice.web.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors as JSON: {@code {"error":"..."}}. Of what is no HTTP the server itself says so. */
final class ErrorAnswer implements Request.Handler {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final byte[] NO_REQUEST =
      "{\"error\":\"The request cannot be understood.\"}".getBytes(StandardCharsets.US_ASCII);

  static byte[] json(String message) {
    return JSON.createObjectNode()
        .put("error", message)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Called by Jetty, for malformed requests and headers that are too large; says no details. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.put(response.getHeaders());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, NO_REQUEST.length);
    response.write(true, ByteBuffer.wrap(NO_REQUEST), callback);
    return true;
  }
}
