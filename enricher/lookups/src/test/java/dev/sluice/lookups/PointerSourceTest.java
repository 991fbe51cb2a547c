package dev.sluice.lookups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.enricher.steps.RejectMask;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PointerSourceTest {
  private static final String POINTER = "42.113.0.203.in-addr.arpa";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Map<String, Answer> answers = new HashMap<>();
  private LocalNameServer server;
  private PointerSource source;

  @BeforeEach
  void start() throws IOException {
    server = LocalNameServer.start();
    source = source(LONG, RejectMask.none());
  }

  private PointerSource source(Duration deadline, RejectMask mask) {
    return new PointerSource(
        new ReverseDnsSettings(
            Optional.of(server.address()), 4, false, new CacheSettings(1, LONG, LONG)),
        deadline,
        mask);
  }

  @AfterEach
  void stop() {
    source.close();
    server.close();
  }

  private String ask(String pointer) throws SourceFailedException {
    source.ask(List.of(pointer), Deadline.in(LONG, Ticker.systemTicker()), answers::put);
    Answer answer = answers.get(pointer);
    return answer.state() + new String(answer.json(), UTF_8);
  }

  @Test
  void findsTheName() throws SourceFailedException {
    server.answer(POINTER, "Mail.example.net");
    assertThat(ask(POINTER)).isEqualTo("FOUND\"mail.example.net\"");
    assertThat(ask(POINTER)).isEqualTo("FOUND\"mail.example.net\"");
    assertThat(server.queries).containsExactly(POINTER, POINTER);
  }

  @Test
  void findsTheNameOfAnIpv6Address() throws SourceFailedException {
    String pointer = "1." + "0.".repeat(23) + "8.b.d.0.1.0.0.2.ip6.arpa";
    server.answer(pointer, "six.example.net");
    assertThat(ask(pointer)).isEqualTo("FOUND\"six.example.net\"");
  }

  @Test
  void ofSeveralNamesItIsAlwaysTheSame() throws SourceFailedException {
    server.answer(POINTER, "c.example", "b.example", "d.example");
    assertThat(ask(POINTER)).isEqualTo("FOUND\"b.example\"");
  }

  @Test
  void noNameIsNoTrouble() throws SourceFailedException {
    server.answer(POINTER);
    assertThat(ask(POINTER)).isEqualTo("ABSENT");
    assertThat(ask("1.113.0.203.in-addr.arpa")).as("no such domain").isEqualTo("ABSENT");
  }

  @Test
  void whatIsNoNameOfAHostIsNotTaken() throws SourceFailedException {
    server.answer(POINTER, "a\"},{\"b", "a b.example", "good.example");
    assertThat(ask(POINTER)).isEqualTo("FOUND\"good.example\"");
    server.answer(POINTER, "${jndi:x}.example");
    assertThat(ask(POINTER)).isEqualTo("ABSENT");
  }

  @Test
  void aNameThatMaskingWouldChangeIsLeftOut() throws SourceFailedException {
    source.close();
    source = source(LONG, Masks.of(Map.of("MASK", "cards")));
    server.answer(POINTER, "4111-1111-1111-1111.example", "plain.example");
    assertThat(ask(POINTER)).isEqualTo("ABSENT");
    server.answer(POINTER, "plain.example");
    assertThat(ask(POINTER)).isEqualTo("FOUND\"plain.example\"");
  }

  @Test
  void aZoneInTroubleIsNoTroubleOfTheServer() throws SourceFailedException {
    server.fail(POINTER, LocalNameServer.SERVER_FAILURE);
    assertThat(ask(POINTER)).isEqualTo("FAILED");
  }

  @Test
  void aServerThatRefusesIsInTrouble() {
    server.fail(POINTER, LocalNameServer.REFUSED);
    assertThatThrownBy(() -> ask(POINTER))
        .isInstanceOf(SourceFailedException.class)
        .hasMessageNotContaining(POINTER);
    assertThat(answers).containsEntry(POINTER, Answer.FAILED);
  }

  @Test
  void aSilentServerIsInTroubleAfterTwoTries() {
    server.silent = true;
    source.close();
    source = source(Duration.ofMillis(60), RejectMask.none());
    assertThatThrownBy(() -> ask(POINTER))
        .isInstanceOf(SourceFailedException.class)
        .hasMessageContaining("SocketTimeoutException")
        .hasMessageNotContaining(POINTER);
    assertThat(answers).containsEntry(POINTER, Answer.FAILED);
    await().untilAsserted(() -> assertThat(server.queries).containsExactly(POINTER, POINTER));
  }

  @Test
  void aServerThatIsBackAnswersTheSameClient() throws SourceFailedException {
    server.silent = true;
    source.close();
    source = source(Duration.ofMillis(1_500), RejectMask.none());
    assertThatThrownBy(() -> ask(POINTER)).isInstanceOf(SourceFailedException.class);
    server.silent = false;
    String other = "7.113.0.203.in-addr.arpa";
    server.answer(other, "back.example");
    assertThat(ask(other)).isEqualTo("FOUND\"back.example\"");
  }

  @Test
  void manyQueriesAtATimeDoNotMixTheirAnswers() {
    var settings = new CacheSettings(1_000, LONG, LONG);
    var keys = IntStream.range(0, 200).mapToObj(i -> i + ".113.0.203.in-addr.arpa").toList();
    keys.forEach(key -> server.answer(key, "h" + key.split("\\.")[0] + ".example"));
    try (var lookup =
        new KeyLookup(source, settings, 1, LONG, LookupEvents.NONE, Ticker.systemTicker())) {
      Map<String, Answer> all =
          lookup.begin(keys, Deadline.in(LONG, Ticker.systemTicker())).await();
      assertThat(all).hasSize(200);
      all.forEach(
          (key, answer) ->
              assertThat(new String(answer.json(), UTF_8))
                  .isEqualTo("\"h" + key.split("\\.")[0] + ".example\""));
    }
  }
}
