package dev.sluice.local.recording;

import dev.sluice.local.RandomIds;
import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP in front of the operations: forms in, also gzipped ones, XML out. */
final class QueryApi extends Handler.Abstract {
  /** Unpacked; PutMetricData may have 1 MiB, and a form takes three characters for some bytes. */
  static final int REQUEST_BYTES_MAX = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(QueryApi.class);

  private final String name;
  private final String xmlNamespace;
  private final Map<String, QueryOperation> operations;
  private final RandomIds ids;

  QueryApi(
      String name, String xmlNamespace, Map<String, QueryOperation> operations, RandomIds ids) {
    this.name = name;
    this.xmlNamespace = xmlNamespace;
    this.operations = Map.copyOf(operations);
    this.ids = ids;
  }

  @Override
  public boolean handle(Request request, Response response, Callback exchange) throws IOException {
    String requestId = ids.uuid().toString();
    response.getHeaders().put("x-amzn-RequestId", requestId);
    try {
      write(200, answer(request, requestId), response, exchange);
    } catch (ServiceError error) {
      fail(error, requestId, response, exchange);
    } catch (RuntimeException bug) {
      LOG.warn("{} request failed", name, bug);
      fail(
          ServiceError.internalFailure("The local " + name + " failed: see its log."),
          requestId,
          response,
          exchange);
    }
    return true;
  }

  private String answer(Request request, String requestId) throws IOException {
    QueryInput input;
    try {
      input = QueryInput.parse(body(request));
    } catch (IllegalArgumentException noForm) {
      throw QueryServer.refused("MalformedQueryString", "The request body is not a form.");
    }
    String action =
        input
            .text("Action")
            .orElseThrow(
                () -> QueryServer.refused("MissingAction", "The request has no parameter Action."));
    QueryOperation operation = operations.get(action);
    if (operation == null) {
      throw QueryServer.refused(
          "InvalidAction", "The local " + name + " has no operation " + action + ".");
    }
    String result = operation.run(input);
    return "<"
        + action
        + "Response xmlns=\""
        + xmlNamespace
        + "\">"
        + (result == null ? "" : "<" + action + "Result>" + result + "</" + action + "Result>")
        + "<ResponseMetadata><RequestId>"
        + requestId
        + "</RequestId></ResponseMetadata></"
        + action
        + "Response>";
  }

  private static String body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request);
        InputStream plain =
            "gzip".equalsIgnoreCase(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))
                ? new GZIPInputStream(in)
                : in) {
      byte[] body = plain.readNBytes(REQUEST_BYTES_MAX + 1);
      if (body.length > REQUEST_BYTES_MAX) {
        throw ServiceError.tooLarge(
            "The request body has more than " + REQUEST_BYTES_MAX + " bytes.");
      }
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private void fail(ServiceError error, String requestId, Response response, Callback exchange) {
    String answer =
        "<ErrorResponse xmlns=\""
            + xmlNamespace
            + "\"><Error><Type>"
            + (error.status() < 500 ? "Sender" : "Receiver")
            + "</Type><Code>"
            + error.type()
            + "</Code><Message>"
            + escaped(error.getMessage())
            + "</Message></Error><RequestId>"
            + requestId
            + "</RequestId></ErrorResponse>";
    write(error.status(), answer, response, exchange);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void write(int status, String answer, Response response, Callback exchange) {
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/xml");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), exchange);
  }
}
