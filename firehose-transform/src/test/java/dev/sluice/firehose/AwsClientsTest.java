package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.overflow.Reingest;
import dev.sluice.lookups.database.RemoteDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients as the function opens them, against a server that plays the services. */
class AwsClientsTest {
  private static final List<String> SERVICES = List.of("Firehose", "Kinesis", "Sqs", "S3");

  @TempDir Path folder;

  private final Map<String, String> before = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    set("aws.region", "eu-west-1");
    set("aws.accessKeyId", "test");
    set("aws.secretAccessKey", "test");
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    SERVICES.forEach(service -> set("aws.endpointUrl" + service, url));
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

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    requests.add(
        (target == null ? exchange.getRequestURI() : target)
            + (target == null || body.length == 0 || target.startsWith("Kinesis")
                ? ""
                : " " + new String(body, UTF_8)));
    String answer = answers.remove(0);
    if (answer.contains("MD5OfMessageBody")) { // the client checks it
      JsonNode message = new ObjectMapper().readTree(body).at("/Entries/0/MessageBody");
      answer = answer.replace("\"MD5\"", '"' + md5(message.asText()) + '"');
    }
    byte[] bytes = answer.substring(4).getBytes(UTF_8);
    exchange.getResponseHeaders().add("ETag", "\"one\"");
    exchange.sendResponseHeaders(
        Integer.parseInt(answer.substring(0, 3)), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String md5(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sendsWhatFindsNoRoomBackIntoTheDeliveryStream() throws IOException {
    answers.add("503 {\"__type\":\"ServiceUnavailableException\"}");
    answers.add(
        "200 {\"FailedPutCount\":1,\"RequestResponses\":[{\"RecordId\":\"a\"},"
            + "{\"ErrorCode\":\"ServiceUnavailableException\",\"ErrorMessage\":\"slow down\"}]}");
    answers.add("200 {\"FailedPutCount\":0,\"RequestResponses\":[{\"RecordId\":\"b\"}]}");
    var event = new EventText().line(Lines.GOOD).line(Lines.GOOD).line(Lines.HEALTH);
    var reingest = new Reingest(false, () -> AwsClients.reingest(4));
    try (Function function =
        Function.with(reingest, DeadLetters.NONE, "MAX_RESPONSE_BYTES", "1100")) {
      assertThat(function.call(event).results()).containsExactly("Ok", "Dropped", "Dropped");
    }
    assertThat(requests).hasSize(3).allMatch(text -> text.contains("PutRecordBatch"));
    assertThat(requests.get(2)).contains("\"DeliveryStreamName\":\"logs\"");
  }

  /** Takes connections and resets them: before an answer, or behind its head. */
  private static Thread resetting(ServerSocket listener, String answer) {
    var thread =
        new Thread(
            () -> {
              while (true) {
                try (Socket client = listener.accept()) {
                  client.setSoLinger(true, 0);
                  client.getInputStream().read(new byte[64 * 1024]);
                  client.getOutputStream().write(answer.getBytes(UTF_8));
                } catch (IOException closed) {
                  if (listener.isClosed()) {
                    return;
                  }
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nDate: to",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"Fai",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 503 Slow Down\r\nDate: to",
        "HTTP/1.1 503 Slow Down\r\nContent-Length: 50\r\n\r\n{"
      })
  void connectionsThatBreakAreNoExceptions(String answer) throws Exception {
    var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String url = "http://127.0.0.1:" + listener.getLocalPort();
    SERVICES.forEach(service -> System.setProperty("aws.endpointUrl" + service, url));
    Thread thread = resetting(listener, answer);
    try {
      assertNothingThatIsSentIsTaken(url);
    } finally {
      listener.close();
      thread.join();
    }
    assertNothingThatIsSentIsTaken(url); // nobody listens
  }

  private void assertNothingThatIsSentIsTaken(String url) throws IOException {
    var event = new EventText().line(Lines.GOOD).line(Lines.GOOD).line(Lines.BROKEN);
    var reingest = new Reingest(false, () -> AwsClients.reingest(1));
    try (Function function =
        Function.with(
            reingest,
            AwsClients.queue(url + "/1/rejects", 1),
            "MAX_RESPONSE_BYTES",
            "1500",
            "REJECTS",
            "dead-letter",
            "DEAD_LETTER_QUEUE_URL",
            url + "/1/rejects")) {
      assertThat(function.call(event).results()).contains("ProcessingFailed");
      assertThat(function.logged().get("records_reingested").asInt()).isZero();
      assertThat(function.logged().get("lines_dead_lettered").asInt()).isZero();
    }
    Path file = folder.resolve("city.mmdb");
    var database = new RemoteDatabase("geo", "city.mmdb", file);
    assertThat(AwsClients.databases(List.of(database)).fetchChanged())
        .singleElement()
        .asString()
        .startsWith("s3://geo/city.mmdb: ");
    assertThat(file).doesNotExist();
  }

  @Test
  void sendsRecordsOfAStreamBackIntoIt() throws IOException {
    answers.add("400 {\"__type\":\"AccessDeniedException\"}");
    var event = new EventText().fromKinesis().line(Lines.GOOD).line(Lines.GOOD);
    var reingest = new Reingest(true, () -> AwsClients.reingest(4));
    try (Function function =
        Function.with(reingest, DeadLetters.NONE, "MAX_RESPONSE_BYTES", "1300")) {
      assertThat(function.call(event).results()).containsExactly("Ok", "ProcessingFailed");
    }
    assertThat(requests).containsExactly("Kinesis_20131202.PutRecords");
  }

  @Test
  void sendsRejectedLinesToTheQueue() throws IOException {
    answers.add(
        "200 {\"Successful\":[{\"Id\":\"0\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\"MD5\"}],"
            + "\"Failed\":[]}");
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/1/rejects";
    try (Function function =
        Function.with(
            Overflow.NONE,
            AwsClients.queue(url, 4),
            "REJECTS",
            "dead-letter",
            "DEAD_LETTER_QUEUE_URL",
            url)) {
      var event = new EventText().line(Lines.GOOD + "\n" + Lines.BROKEN);
      assertThat(function.call(event).results()).containsExactly("Ok");
    }
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("AmazonSQS.SendMessageBatch")
        .contains("TRUNCATED", "/1/rejects");
  }

  @Test
  void fetchesADatabase() throws IOException {
    answers.add("200 content");
    answers.add("304 ");
    Path file = folder.resolve("city.mmdb");
    var database = new RemoteDatabase("geo", "city.mmdb", file);
    var fetch = AwsClients.databases(List.of(database));
    assertThat(fetch.fetchChanged()).isEmpty();
    assertThat(fetch.fetchChanged()).isEmpty();
    assertThat(file).hasContent("content");
    assertThat(requests).containsExactly("/geo/city.mmdb", "/geo/city.mmdb");
  }
}
