package dev.sluice.local.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final Duration GENEROUS = Duration.ofSeconds(60);

  private final AtomicInteger served = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private ExecutorService threads;
  private HttpServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    threads = Executors.newCachedThreadPool();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::echo);
    server.start();
    proxy = FaultProxy.start(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      served.incrementAndGet();
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(proxy.endpoint())
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(GENEROUS);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request().POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void passesCallsOnUnchanged() throws Exception {
    String large = "x".repeat(3_000_000);
    assertThat(post("hello").body()).isEqualTo("hello");
    assertThat(post(large).body()).isEqualTo(large);
    assertThat(post("").body()).isEmpty();
    HttpResponse<String> chunked =
        client.send(
            request()
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(US_ASCII))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(chunked.body()).isEqualTo(large);
    HttpResponse<String> expecting =
        client.send(
            request()
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString("continued"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(expecting.body()).isEqualTo("continued");
    assertThat(proxy.counts()).isEmpty();
  }

  @Test
  void answersErrorsInTheServersPlace() throws Exception {
    proxy.set(FaultMix.all(Fault.ERROR).withErrorStatus(500));

    assertThat(post("hello").statusCode()).isEqualTo(500);
    assertThat(post("hello").body()).contains("<Code>InternalFailure</Code>");
    HttpResponse<String> json =
        client.send(
            request()
                .header("X-Amz-Target", "Service.Operation")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(json.body()).contains("\"__type\":\"InternalFailure\"");
    assertThat(served).hasValue(0);
    assertThat(proxy.counts()).containsEntry(Fault.ERROR, 3L).hasSize(1);
    proxy.clear();
    assertThat(post("hello").statusCode()).isEqualTo(200);
  }

  @Test
  void resetsBeforeTheServerSeesTheCall() {
    proxy.set(FaultMix.all(Fault.RESET));

    assertThatThrownBy(() -> post("hello")).isInstanceOf(IOException.class);
    assertThat(served).hasValue(0);
  }

  @Test
  void losesTheAnswerOfACallThatWasRun() throws Exception {
    proxy.set(FaultMix.all(Fault.LOST_ANSWER));

    assertThat(raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")).isEmpty();
    assertThat(served).hasValue(1);
  }

  @Test
  void cutsAnAnswerOff() throws Exception {
    proxy.set(FaultMix.all(Fault.PARTIAL));

    String answer = raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("hello");
    assertThatThrownBy(() -> post("hello")).isInstanceOf(IOException.class);
    assertThat(served.get()).isGreaterThanOrEqualTo(2); // the client may try again by itself
  }

  /** What comes back until the connection ends, however it does. */
  private String raw(String request) throws IOException {
    var answer = new StringBuilder();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().getPort())) {
      socket.setSoTimeout((int) GENEROUS.toMillis());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      try {
        for (int next = in.read(); next >= 0; next = in.read()) {
          answer.append((char) next);
        }
      } catch (IOException reset) {
        return answer.toString();
      }
    }
    return answer.toString();
  }

  @Test
  void hangsUntilTheFaultIsOverAndResetsThen() throws Exception {
    proxy.set(FaultMix.all(Fault.HANG));

    assertThatThrownBy(
            () ->
                client.send(
                    request().timeout(Duration.ofMillis(300)).GET().build(),
                    HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    CompletableFuture<HttpResponse<String>> hanging =
        client.sendAsync(
            request().POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString());
    while (proxy.counts().getOrDefault(Fault.HANG, 0L) < 2) {
      Thread.onSpinWait();
    }
    assertThat(hanging).isNotDone();
    proxy.clear();

    assertThatThrownBy(() -> hanging.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThat(served).hasValue(0);
    assertThat(post("hello").body()).isEqualTo("hello");
  }

  @Test
  void delaysCalls() throws Exception {
    proxy.set(FaultMix.all(Fault.LATENCY).withLatency(Duration.ofMillis(200)));

    long start = System.nanoTime();
    assertThat(post("hello").body()).isEqualTo("hello");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200)); // never earlier, however fast the machine
  }

  @Test
  void isAsIfTheServerWereDown() throws Exception {
    post("hello"); // leaves a connection open
    proxy.refuseConnections(true);

    assertThatThrownBy(() -> post("hello")).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().getPort()).close())
        .isInstanceOf(ConnectException.class);
    URI endpoint = proxy.endpoint();
    proxy.clear();
    assertThat(proxy.endpoint()).isEqualTo(endpoint);
    assertThat(post("hello").body()).isEqualTo("hello");
  }

  @Test
  void refusesAShareOfTheConnections() {
    proxy.set(FaultMix.all(Fault.REFUSE));
    assertThatThrownBy(() -> post("hello")).isInstanceOf(IOException.class);
    assertThat(served).hasValue(0);
    assertThat(proxy.counts().get(Fault.REFUSE)).isPositive();
  }

  @Test
  void theSameSeedGivesTheSameFaults() throws Exception {
    List<List<Integer>> rounds = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      proxy.set(FaultMix.none().with(Fault.ERROR, 0.4).withSeed(17));
      List<Integer> statuses = new ArrayList<>();
      for (int call = 0; call < 50; call++) {
        statuses.add(post("x").statusCode());
      }
      rounds.add(statuses);
    }
    assertThat(rounds.get(0)).isEqualTo(rounds.get(1)).contains(200, 503);
  }

  @Test
  void refusesAMixThatMakesNoSense() {
    assertThatThrownBy(() -> FaultMix.none().with(Fault.RESET, 1.1))
        .hasMessageContaining("share of RESET");
    assertThatThrownBy(() -> FaultMix.all(Fault.RESET).with(Fault.HANG, 0.1))
        .hasMessageContaining("together above 1");
    assertThatThrownBy(() -> FaultMix.none().withErrorStatus(404)).hasMessageContaining("404");
    assertThatThrownBy(() -> FaultMix.none().withLatency(Duration.ofHours(1)))
        .hasMessageContaining("latency");
  }

  @Test
  void aScheduleIsTheSameForTheSameSeedAndEndsQuietly() throws Exception {
    Duration longest = Duration.ofSeconds(10);
    Fault[] kinds = {Fault.ERROR, Fault.RESET, Fault.REFUSE};
    FaultSchedule schedule = FaultSchedule.seeded(5, 8, longest, kinds);
    assertThat(schedule).isEqualTo(FaultSchedule.seeded(5, 8, longest, kinds));
    assertThat(schedule).isNotEqualTo(FaultSchedule.seeded(6, 8, longest, kinds));
    assertThat(schedule.phases()).hasSize(16);
    assertThat(schedule.phases())
        .allSatisfy(phase -> assertThat(phase.length()).isBetween(longest.dividedBy(10), longest));

    List<Duration> paused = new ArrayList<>();
    schedule.play(
        proxy,
        length -> {
          paused.add(length);
          try {
            post("x");
          } catch (Exception fault) {
            assertThat(fault).isInstanceOf(IOException.class);
          }
        });
    assertThat(paused).hasSize(16);
    assertThat(proxy.counts()).isNotEmpty();
    assertThat(post("hello").body()).isEqualTo("hello");
  }

  @Test
  void nothingListensAfterTheClose() throws Exception {
    int port = proxy.endpoint().getPort();
    proxy.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    proxy.clear(); // does not wake it up
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
