package dev.sluice.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live page's figures, out of the metrics of a server that speaks as a consumer does. */
class LiveTest {

  private static final String METRICS =
      """
      EnrichedLines_total{outcome="ENRICHED"} %d.0
      EnrichedLines_total{outcome="ENRICHED_WITH_WARNINGS"} 5.0
      DroppedLines_total{rule="health <b>"} 3.0
      RejectedLines_total{reason="BAD_STATUS"} 2.0
      MillisBehindLatest{shard="shardId-000000000000"} 1500.0
      OldestUncommittedAgeMillis{shard="shardId-000000000000"} 700.0
      MillisBehindLatestMax 1500.0
      OldestUncommittedAgeMillisMax 700.0
      TilesCommitted_total 4.0
      BytesCommitted_total 2048.0
      cache_gets_total{cache="user-agent",result="hit"} 90.0
      cache_gets_total{cache="user-agent",result="miss"} 10.0
      cache_gets_total{cache="user-agent-finder",result="hit"} 900.0
      """;

  private final AtomicReference<String> metrics = new AtomicReference<>(METRICS.formatted(100));
  private final AtomicInteger health = new AtomicInteger(200);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final WebStack stack = WebStack.create();
  private HttpServer consumer;
  private WebApplication pages;
  private Visitor visitor;

  @BeforeEach
  void serve() throws IOException {
    consumer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    consumer.createContext(
        "/metrics",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = metrics.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    consumer.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(health.get(), -1);
          exchange.close();
        });
    consumer.start();
    pages =
        stack.serve(
            Map.of("CONSUMER_URL", "http://127.0.0.1:" + consumer.getAddress().getPort() + "/"),
            (InstantSource) now::get);
    visitor = new Visitor(pages.url());
  }

  @AfterEach
  void close() {
    pages.close();
    consumer.stop(0);
    stack.clients().close();
  }

  private JsonNode after(int seconds) {
    now.updateAndGet(before -> before.plusSeconds(seconds));
    return visitor.json("/api/live");
  }

  @Test
  void showsWhatTheConsumerCounts() {
    JsonNode live = after(0);
    assertThat(live.get("consumer").asText()).isEqualTo("running");
    assertThat(live.get("healthy").asBoolean()).isTrue();
    assertThat(live.get("lines").asLong()).isEqualTo(110);
    assertThat(live.has("perSecond")).as("one look tells no rate").isFalse();
    assertThat(live.get("lagMillis").asLong()).isEqualTo(1_500);
    assertThat(live.get("oldestMillis").asLong()).isEqualTo(700);
    assertThat(live.get("tiles").asLong()).isEqualTo(4);
    assertThat(live.get("bytes").asLong()).isEqualTo(2_048);
    assertThat(live.get("outcomes").toString())
        .isEqualTo(
            "[[\"ENRICHED\",100],[\"ENRICHED_WITH_WARNINGS\",5],[\"DROPPED\",3],[\"REJECTED\",2]]");
    assertThat(live.get("dropped").toString()).isEqualTo("[[\"health <b>\",3]]");
    assertThat(live.get("caches").toString())
        .isEqualTo(
            "[{\"name\":\"user-agent\",\"hits\":90,\"misses\":10},"
                + "{\"name\":\"user-agent-finder\",\"hits\":900,\"misses\":100}]");
    assertThat(live.get("shards").toString())
        .isEqualTo(
            "[{\"shard\":\"shardId-000000000000\",\"lagMillis\":1500,\"oldestMillis\":700}]");
  }

  @Test
  void tellsTheRateOverTheLastSeconds() {
    after(0);
    metrics.set(METRICS.formatted(1_100));
    assertThat(after(10).get("perSecond").asDouble()).isEqualTo(100.0);
    JsonNode quiet = after(16); // what was before is older than the window
    assertThat(quiet.has("perSecond")).isFalse();
    assertThat(after(5).get("perSecond").asDouble()).isZero();
  }

  @Test
  void beginsAnewWithAConsumerThatWasStartedAnew() {
    after(0);
    metrics.set(METRICS.formatted(0));
    JsonNode live = after(5);
    assertThat(live.get("marks")).hasSize(1);
    assertThat(live.has("perSecond")).isFalse();
  }

  @Test
  void asksTheConsumerOnceASecondHoweverManyLook() {
    for (int i = 0; i < 5; i++) {
      after(0);
    }
    assertThat(asked).hasValue(1);
    after(1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void remembersSoManyLooksAtMost() {
    JsonNode live = after(0);
    for (int i = 0; i < ConsumerWatch.MAX_MARKS + 10; i++) {
      live = after(1);
    }
    assertThat(live.get("marks")).hasSize(ConsumerWatch.MAX_MARKS);
  }

  @Test
  void saysThatTheConsumerIsNotWell() {
    health.set(503);
    assertThat(after(0).get("healthy").asBoolean()).isFalse();
  }

  @Test
  void saysThatNobodyAnswersAndThatSomebodyDoesAgain() throws IOException {
    after(0);
    consumer.stop(0);
    JsonNode live = after(2);
    assertThat(live.get("consumer").asText()).isEqualTo("unreachable");
    assertThat(live.get("problem").asText()).isNotBlank();
    assertThat(live.has("lines")).isFalse();
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    metrics.set("a 1\n".repeat(2_000_000));
    assertThat(after(0).get("problem").asText()).contains("too long");
  }

  @Test
  void saysThatNoConsumerIsConfigured() {
    try (WebApplication without = stack.serve()) {
      var other = new Visitor(without.url());
      assertThat(other.get("/api/live").body()).isEqualTo("{\"consumer\":\"none\"}");
      assertThat(other.get("/api/live/records").body()).isEqualTo("{\"output\":\"none\"}");
    }
  }
}
