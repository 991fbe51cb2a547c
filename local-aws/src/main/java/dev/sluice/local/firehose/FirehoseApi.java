package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.RandomIds;
import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP in front of the operations: AWS JSON 1.1. */
final class FirehoseApi extends Handler.Abstract {

  /** Room for 4 MiB in base64 with member names. */
  private static final int REQUEST_BYTES_MAX = 16 << 20;

  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String TARGET_PREFIX = "Firehose_20150804.";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(FirehoseApi.class);

  private final Map<String, Operation> operations = new HashMap<>();
  private final RandomIds ids;

  FirehoseApi(LocalFirehose firehose, RandomIds ids) {
    operations.putAll(new PutOperations(firehose).table());
    operations.putAll(new StreamOperations(firehose).table());
    this.ids = ids;
  }

  @Override
  public boolean handle(Request request, Response response, Callback exchange) throws IOException {
    response.getHeaders().put("x-amzn-RequestId", ids.uuid().toString());
    try {
      write(200, answer(request), response, exchange);
    } catch (ServiceError error) {
      fail(error, response, exchange);
    } catch (RuntimeException bug) {
      LOG.warn("Firehose request failed", bug);
      fail(
          ServiceError.internalFailure("The local Firehose failed: see its log."),
          response,
          exchange);
    }
    return true;
  }

  private ObjectNode answer(Request request) throws IOException {
    byte[] body = body(request);
    String target = request.getHeaders().get("X-Amz-Target");
    if (!HttpMethod.POST.is(request.getMethod())
        || target == null
        || !target.startsWith(TARGET_PREFIX)) {
      throw ServiceError.unknownOperation(
          "Not a request of the Firehose API: it is a POST with the header X-Amz-Target: "
              + TARGET_PREFIX
              + "<operation>.");
    }
    String name = target.substring(TARGET_PREFIX.length());
    Operation operation = operations.get(name);
    if (operation == null) {
      throw ServiceError.unknownOperation("The local Firehose has no operation " + name + ".");
    }
    return operation.run(parse(body));
  }

  private static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(REQUEST_BYTES_MAX + 1);
      if (body.length > REQUEST_BYTES_MAX) {
        throw ServiceError.tooLarge(
            "The request body has more than " + REQUEST_BYTES_MAX + " bytes.");
      }
      return body;
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode input = JSON.readTree(body);
      if (input == null || !input.isObject()) {
        throw ServiceError.serialization("The request body is not a structure.");
      }
      return input;
    } catch (IOException noJson) {
      throw ServiceError.serialization("The request body can not be parsed as JSON.");
    }
  }

  private static void fail(ServiceError error, Response response, Callback exchange)
      throws IOException {
    response.getHeaders().put("x-amzn-ErrorType", error.type());
    ObjectNode answer =
        JSON.createObjectNode().put("__type", error.type()).put("message", error.getMessage());
    write(error.status(), answer, response, exchange);
  }

  private static void write(int status, ObjectNode answer, Response response, Callback exchange)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(answer);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), exchange);
  }
}
