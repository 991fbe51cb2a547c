package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Secrets Manager as far as GetSecretValue, on loopback. */
final class SecretsEndpoint implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final HttpServer server;

  private SecretsEndpoint(HttpServer server) {
    this.server = server;
  }

  static SecretsEndpoint start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var endpoint = new SecretsEndpoint(server);
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  void put(String id, String value) {
    secrets.put(id, value);
  }

  int calls() {
    return calls.get();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String id = request.path("SecretId").asText();
    boolean found = "secretsmanager.GetSecretValue".equals(target) && secrets.containsKey(id);
    ObjectNode answer = JSON.createObjectNode();
    if (found) {
      answer
          .put("ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + id + "-AbCdEf")
          .put("Name", id)
          .put("SecretString", secrets.get(id));
    } else {
      answer
          .put("__type", "ResourceNotFoundException")
          .put("Message", "Secrets Manager can't find the specified secret.");
    }
    byte[] body = answer.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(found ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
