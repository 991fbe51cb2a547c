package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The function with reference data, against a server that plays DynamoDB. */
class LookupsTest {
  private static final String LINE =
      "192.0.2.%d - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5";
  private static final String[] SETTINGS = {
    "REFERENCE_TABLE", "hosts",
    "REFERENCE_KEY", "id",
    "REFERENCE_ATTRIBUTES", "tier",
    "LOOKUP_DEADLINE", "10s",
    "OUTPUT_FIELDS", "host,reference,warnings",
    "OUTPUT_GROUPS", "quality"
  };

  private final Map<String, String> before = new HashMap<>();
  private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    set("aws.region", "eu-west-1");
    set("aws.accessKeyId", "test");
    set("aws.secretAccessKey", "test");
    set("aws.endpointUrlDynamoDb", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void set(String property, String value) {
    before.put(property, System.setProperty(property, value));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  /** Knows something about 192.0.2.1 and about nobody else. */
  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody());
    requests.add(request);
    boolean asked = request.at("/RequestItems/hosts/Keys").toString().contains("\"192.0.2.1\"");
    String item = asked ? "{\"id\":{\"S\":\"192.0.2.1\"},\"tier\":{\"S\":\"gold\"}}" : "";
    String body =
        status == 200
            ? "{\"Responses\":{\"hosts\":[" + item + "]},\"UnprocessedKeys\":{}}"
            : "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such table\"}";
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void anEventIsAskedForOnceAndItsLinesHaveReferenceData() throws IOException {
    var event = new EventText().line(LINE.formatted(1)).line("nonsense").line(LINE.formatted(2));
    event.line(LINE.formatted(1) + "\n" + LINE.formatted(3));
    try (Function function = Function.with(SETTINGS)) {
      Answers answers = function.call(event);
      assertThat(answers.result(0)).isEqualTo("Ok");
      assertThat(answers.data(0))
          .isEqualTo("{\"host\":\"192.0.2.1\",\"reference\":{\"tier\":\"gold\"}}\n");
      assertThat(answers.result(1)).isEqualTo("ProcessingFailed");
      assertThat(answers.data(2)).isEqualTo("{\"host\":\"192.0.2.2\"}\n");
      assertThat(answers.data(3))
          .isEqualTo(
              "{\"host\":\"192.0.2.1\",\"reference\":{\"tier\":\"gold\"}}\n"
                  + "{\"host\":\"192.0.2.3\"}\n");
      JsonNode log = function.logged();
      assertThat(log.get("reference_found").asInt()).isEqualTo(1);
      assertThat(log.get("reference_absent").asInt()).isEqualTo(2);
      assertThat(log.get("reference_calls").asInt()).isEqualTo(1);
      assertThat(log.get("lookup_breakers_open").asInt()).isZero();
      assertThat(log.get("_aws").toString()).contains("reference_cached");
      function.call(event);
      assertThat(function.logged().get("reference_cached").asInt()).isEqualTo(3);
      assertThat(function.logged().get("reference_calls").asInt()).isZero();
    }
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).at("/RequestItems/hosts/Keys")).hasSize(3);
  }

  @Test
  void aBrokenTableFailsNoRecord() throws IOException {
    status = 400;
    try (Function function = Function.with(with("LOOKUP_BREAKER_FAILURES", "2"))) {
      for (int i = 0; i < 3; i++) {
        Answers answers = function.call(new EventText().line(LINE.formatted(1)));
        assertThat(answers.result(0)).isEqualTo("Ok");
        assertThat(answers.data(0))
            .isEqualTo("{\"host\":\"192.0.2.1\",\"warnings\":[\"reference_unavailable\"]}\n");
      }
      assertThat(function.logged().get("reference_not_asked").asInt()).isEqualTo(1);
      assertThat(function.logged().get("lookup_breakers_open").asInt()).isEqualTo(1);
      assertThat(function.log)
          .anyMatch(line -> line.contains("reference is not asked for 30000 ms: ResourceNotFound"));
    }
    assertThat(requests).hasSize(2);
  }

  private static String[] with(String key, String value) {
    var settings = new ArrayList<>(List.of(SETTINGS));
    settings.add(key);
    settings.add(value);
    return settings.toArray(String[]::new);
  }

  @Test
  void withoutTimeNobodyIsAsked() throws IOException {
    try (Function function = Function.with(SETTINGS)) {
      String event = new EventText().line(LINE.formatted(1)).json();
      assertThat(new String(function.bytes(event, () -> 0), UTF_8)).contains("\"result\":\"Ok\"");
      assertThat(function.logged().get("reference_late").asInt()).isEqualTo(1);
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void primingAsksNobody() {
    try (Function function = Function.with(SETTINGS)) {
      function.prime();
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void aFunctionWithoutLookUpsLogsNoneOfThem() throws IOException {
    try (Function function = Function.with()) {
      function.call(new EventText().line(LINE.formatted(1)));
      assertThat(function.logged().toString()).doesNotContain("reference", "lookup");
    }
    assertThat(requests).isEmpty();
  }
}
