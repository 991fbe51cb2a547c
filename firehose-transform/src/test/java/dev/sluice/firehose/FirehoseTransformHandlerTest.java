package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.record.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on around the answers: log, dead letters, databases that cannot be used. */
class FirehoseTransformHandlerTest {

  @TempDir Path folder;

  /** Takes every line but those of one record. */
  private static final class Queue implements DeadLetters {
    final List<DeadLetter> taken = new ArrayList<>();
    private final int refused;

    Queue(int refused) {
      this.refused = refused;
    }

    @Override
    public BitSet send(FirehoseEvent event, List<DeadLetter> letters, IntSupplier remainingMillis) {
      var records = new BitSet();
      for (DeadLetter letter : letters) {
        if (letter.record() == refused) {
          records.set(refused);
        } else {
          taken.add(letter);
        }
      }
      return records;
    }
  }

  @Test
  void writesOneLineForAnInvocationWithItsMetrics() throws IOException {
    try (Function function = Function.with()) {
      function.call(new EventText().line(Lines.GOOD).line(Lines.BROKEN).data("7"));

      assertThat(function.log).hasSize(1);
      assertThat(function.log.get(0)).doesNotContain("203.0.113").doesNotContain("\n");
      JsonNode line = function.logged();
      assertThat(line.get("timestamp").asText()).isEqualTo("2026-11-21T12:00:00Z");
      assertThat(line.get("level").asText()).isEqualTo("WARN");
      assertThat(line.get("request_id").asText()).isEqualTo("request");
      assertThat(line.get("event_type").asText()).isEqualTo("firehose_direct_put");
      assertThat(line.get("delivery_stream").asText()).isEqualTo("logs");
      assertThat(line.get("duration_ms").asInt()).isZero();
      assertThat(line.get("records_processed").asInt()).isEqualTo(3);
      assertThat(line.get("records_ok").asInt()).isOne();
      assertThat(line.get("records_failed").asInt()).isEqualTo(2);
      assertThat(line.at("/rejected_by_reason/truncated").asInt()).isOne();
      assertThat(line.get("cold_start").asBoolean()).isTrue();
      JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
      assertThat(directive.get("Namespace").asText()).isEqualTo("Sluice/Firehose");
      assertThat(directive.at("/Dimensions/0/0").asText()).isEqualTo("delivery_stream");
      for (JsonNode metric : directive.get("Metrics")) {
        assertThat(line.get(metric.get("Name").asText()).isNumber()).isTrue();
      }
      function.call(new EventText().fromKinesis().line(Lines.GOOD));
      assertThat(function.logged().get("cold_start").asBoolean()).isFalse();
      assertThat(function.logged().get("event_type").asText()).isEqualTo("firehose_from_kinesis");
    }
  }

  @Test
  void writesNoMetricsWhereNobodyWantsThem() throws IOException {
    try (Function function = Function.with("METRICS", "none")) {
      function.call(new EventText().line(Lines.GOOD));
      assertThat(function.logged().has("_aws")).isFalse();
      assertThat(function.logged().get("records_processed").asInt()).isOne();
    }
  }

  @Test
  void rejectedLinesGoToTheQueueAndTheOthersPass() throws IOException {
    var queue = new Queue(2);
    String mixed = Lines.BROKEN + "\n" + Lines.GOOD;
    try (Function function =
        Function.with(
            Overflow.NONE,
            queue,
            "REJECTS",
            "dead-letter",
            "DEAD_LETTER_QUEUE_URL",
            "https://queue/1")) {
      Answers answers =
          function.call(
              new EventText().line(mixed).line(Lines.BROKEN).line(mixed).line(Lines.GOOD));
      assertThat(answers.results())
          .containsExactly("Ok", "ProcessingFailed", "ProcessingFailed", "Ok");
      assertThat(answers.data(0)).isEqualTo(Lines.enriched(Lines.GOOD) + "\n");
      assertThat(answers.data(2)).isEqualTo(mixed);
      assertThat(queue.taken).extracting(DeadLetter::record).containsExactly(0, 1);
      assertThat(queue.taken.get(0).line()).isEqualTo(Lines.BROKEN.getBytes(UTF_8));
      assertThat(function.logged().get("lines_dead_lettered").asInt()).isEqualTo(2);
      assertThat(function.logged().at("/failed_by_reason/dead_letters_refused").asInt()).isOne();
    }
  }

  @Test
  void refusesToStartWithoutItsDatabase() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.mmdb"), "no database");
    for (Path file : List.of(broken, folder.resolve("absent.mmdb"))) {
      assertThatThrownBy(() -> Function.with("GEOIP_CITY_DATABASE", file.toString()))
          .isInstanceOf(UnusableDatabaseException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void bySettingEnrichesWithoutItsDatabaseAndSaysSo() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.mmdb"), "no database");
    try (Function function =
        Function.with(
            "GEOIP_ASN_DATABASE", broken.toString(), "GEOIP_UNUSABLE", "enrich-without")) {
      JsonNode warning = new ObjectMapper().readTree(function.log.get(0));
      assertThat(warning.get("level").asText()).isEqualTo("WARN");
      assertThat(warning.get("message").asText()).contains(broken.toString());
      Answers answers = function.call(new EventText().line(Lines.GOOD));
      assertThat(answers.data(0)).contains("\"country\":\"France\""); // the other one is in use
      assertThat(function.logged().get("geoip_databases_unusable").asInt()).isOne();
      assertThat(function.logged().get("level").asText()).isEqualTo("WARN");
    }
  }

  @Test
  void primingLeavesNoTrace() throws IOException {
    try (Function primed = Function.with("PARTITION_KEYS", "page");
        Function fresh = Function.with("PARTITION_KEYS", "page")) {
      primed.prime();
      assertThat(primed.log).isEmpty();
      String event = new EventText().line(Lines.GOOD).line(Lines.BROKEN).json();
      assertThat(primed.bytes(event)).isEqualTo(fresh.bytes(event));
      assertThat(primed.log).isEqualTo(fresh.log);
    }
  }

  @Test
  void anotherBrokenFileIsNoMatterOfTheDatabase() throws IOException {
    Path broken = Files.writeString(folder.resolve("regexes.yaml"), ":");
    assertThatThrownBy(
            () ->
                Function.with("UAP_REGEXES", broken.toString(), "GEOIP_UNUSABLE", "enrich-without"))
        .isInstanceOf(UnusableDatabaseException.class);
  }
}
