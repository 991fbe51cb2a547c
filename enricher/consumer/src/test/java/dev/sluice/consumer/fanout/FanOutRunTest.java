package dev.sluice.consumer.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.RawRecord;
import dev.sluice.consumer.tiles.ShardCheckpointer;
import dev.sluice.consumer.tiles.StartWord;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Settings;
import dev.sluice.fanout.FanOutConfig;
import dev.sluice.fanout.LineFacts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The order of effects of one run, written down by what it calls. */
class FanOutRunTest {
  private final List<String> effects = new ArrayList<>();
  private final Recording decisions = new Recording();
  private final Enricher enricher =
      Enricher.open(
          FanOutConfig.from(
                  new Settings(Map.of("MODE", "metrics")::get), EnricherSettings.defaults())
              .enricher(EnricherSettings.defaults()),
          new SimpleMeterRegistry());
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");

  private final ShardCheckpointer leaseTable =
      new ShardCheckpointer() {
        @Override
        public Answer checkpoint(Position end) {
          effects.add("checkpoint " + end.text());
          return Answer.DONE;
        }

        @Override
        public Answer checkpointShardEnd() {
          effects.add("checkpoint SHARD_END");
          return Answer.DONE;
        }
      };

  private final FanOutRun run =
      new FanOutRun(
          "shard",
          StartWord.TRIM_HORIZON,
          decisions,
          new LineCounter("stream", new BatchEnricher(enricher.newLineEnricher())),
          Duration.ofSeconds(10),
          () -> now,
          ConsumerEvents.NONE,
          () -> effects.add("stop worker"));

  @AfterEach
  void close() {
    enricher.close();
  }

  /** Writes down what it is told, and fails when it is told to. */
  private final class Recording implements ShardDecisions {
    ContinuesFrom unsent;
    boolean fails;

    @Override
    public void count(LineFacts line, long arrivalSeconds, ContinuesFrom before) {
      effects.add("count " + line.status() + " behind " + before.text());
    }

    @Override
    public void atTip() {
      effects.add("tip");
    }

    @Override
    public void send(BooleanSupplier giveUp) throws NotSentException {
      effects.add("send");
      if (fails) {
        throw new NotSentException("Publish", SdkClientException.create("no answer"));
      }
    }

    @Override
    public void sendLast(BooleanSupplier giveUp) throws NotSentException {
      effects.add("last");
      send(giveUp);
    }

    @Override
    public void sendForRelease(BooleanSupplier giveUp) throws NotSentException {
      effects.add("release");
      send(giveUp);
    }

    @Override
    public void forget() {
      effects.add("forget");
    }

    @Override
    public Optional<ContinuesFrom> oldestUnsent() {
      return Optional.ofNullable(unsent);
    }

    @Override
    public long linesOutOfTime() {
      return 0;
    }
  }

  private void accept(long behind, int... numbers) {
    var records = new ArrayList<RawRecord>();
    for (int number : numbers) {
      String line =
          "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 20" + number + " 1";
      records.add(
          new RawRecord(
              new Position(Integer.toString(number), 0),
              now,
              (line + "\nno line").getBytes(StandardCharsets.US_ASCII)));
    }
    run.accept(records, OptionalLong.of(behind), leaseTable);
  }

  @Test
  void countsThenSendsThenMovesTheCheckpointToWhatIsSent() {
    now = now.plusSeconds(10);
    decisions.unsent = new Position("1", 0);
    accept(500, 1, 2);
    assertThat(effects)
        .containsExactly(
            "count 201 behind TRIM_HORIZON", "count 202 behind 1.0", "send", "checkpoint 1.0");
    effects.clear();
    now = now.plusSeconds(10);
    decisions.unsent = null;
    accept(0, 2, 3);
    assertThat(effects).containsExactly("count 203 behind 2.0", "tip", "send", "checkpoint 3.0");
  }

  @Test
  void makesNoCheckpointWhileTheFirstLineIsUndecided() {
    now = now.plusSeconds(10);
    decisions.unsent = StartWord.TRIM_HORIZON;
    accept(0, 1);
    assertThat(effects).doesNotContain("checkpoint 1.0");
  }

  @Test
  void givesUpWithoutACheckpointWhenNothingTakesIt() {
    now = now.plusSeconds(10);
    decisions.fails = true;
    accept(0, 1);
    assertThat(effects)
        .containsExactly("count 201 behind TRIM_HORIZON", "tip", "send", "stop worker", "forget");
    assertThat(run.isAbandoned()).isTrue();
    accept(0, 2);
    run.release(leaseTable);
    assertThat(effects).doesNotContain("checkpoint 1.0", "checkpoint 2.0", "count 202 behind 1.0");
  }

  @Test
  void theEndOfAShardWaitsForWhatIsUndecided() {
    accept(0, 1);
    effects.clear();
    decisions.unsent = StartWord.TRIM_HORIZON;
    run.endOfShard(leaseTable);
    assertThat(effects).containsExactly("last", "send");
    assertThat(run.isOpen()).isTrue();
    decisions.unsent = null;
    run.endOfShard(leaseTable);
    assertThat(effects).endsWith("last", "send", "checkpoint SHARD_END", "forget");
    assertThat(run.isOpen()).isFalse();
  }

  @Test
  void aStopSendsWhatItCanAndLeavesTheRest() {
    accept(0, 1, 2);
    run.requestStop(now);
    accept(0, 3);
    effects.clear();
    decisions.fails = true;
    decisions.unsent = new Position("1", 0);
    run.release(leaseTable);
    assertThat(effects).containsExactly("release", "send", "checkpoint 1.0", "forget");
    assertThat(run.isOpen()).isFalse();
    assertThat(run.isAbandoned()).isFalse();
  }

  @Test
  void aLostLeaseHasNoEffectButForgetting() {
    accept(0, 1);
    effects.clear();
    run.leaseLost();
    assertThat(effects).containsExactly("forget");
  }
}
