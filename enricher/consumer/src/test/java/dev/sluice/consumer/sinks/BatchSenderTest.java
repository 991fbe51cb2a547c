package dev.sluice.consumer.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

class BatchSenderTest {
  private static final RetryPolicy FOUR_ATTEMPTS =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(1));

  private final FakeService service = new FakeService();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> retries = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();
  private final BatchSender sender =
      new BatchSender(
          FOUR_ATTEMPTS,
          pauses::add,
          new Random(7),
          new ConsumerEvents() {
            @Override
            public void storeRetried(String operation, String why) {
              retries.add(operation + ' ' + why);
            }
          });

  private void send(String... entries) {
    sender.send(service, List.of(entries), taken::add);
  }

  private static KinesisException answer(int status, String code) {
    return (KinesisException)
        KinesisException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("for a reason").build())
            .build();
  }

  @Test
  void sendsOnlyWhatWasRefusedAgain() {
    service.answer =
        entries ->
            switch (entries.size()) {
              case 3 -> Map.of(0, "Throttled", 2, "Throttled");
              case 2 -> Map.of(1, "Throttled");
              default -> Map.of();
            };
    send("a", "b", "c");
    assertThat(service.calls)
        .containsExactly(List.of("a", "b", "c"), List.of("a", "c"), List.of("c"));
    assertThat(taken).containsExactly("b", "a", "c");
    assertThat(retries).containsExactly("PutTexts Throttled", "PutTexts Throttled");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void aCallWithoutAnAnswerGoesAgainAsAWhole() {
    service.answer =
        entries -> {
          switch (service.calls.size()) {
            case 1 -> throw SdkClientException.create("timed out");
            case 2 -> throw new UncheckedIOException(new SocketException("reset"));
            case 3 -> throw answer(503, "ServiceUnavailable");
            default -> {
              return Map.of();
            }
          }
        };
    send("a", "b");
    assertThat(service.calls).hasSize(4).containsOnly(List.of("a", "b"));
    assertThat(taken).containsExactly("a", "b");
  }

  @Test
  void givesUpWhenNothingIsTakenTooOftenInARow() {
    service.answer = entries -> Map.of(0, "InternalFailure");
    assertThatThrownBy(() -> send("a"))
        .isInstanceOf(StoreException.class)
        .hasMessage("PutTexts to shelf failed 4 times: InternalFailure");
    assertThat(service.calls).hasSize(4);
    assertThat(taken).isEmpty();
  }

  @Test
  void goesOnAsLongAsSomethingIsTaken() {
    service.answer =
        entries -> {
          boolean takesOne = service.calls.size() % 3 == 0;
          Map<Integer, String> refused = new java.util.HashMap<>();
          for (int i = takesOne ? 1 : 0; i < entries.size(); i++) {
            refused.put(i, "Throttled");
          }
          return refused;
        };
    send("a", "b", "c", "d", "e");
    assertThat(service.calls).hasSize(15);
    assertThat(taken).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void doesNotRepeatWhatCannotHeal() {
    service.answer =
        entries -> {
          throw answer(400, "AccessDeniedException");
        };
    assertThatThrownBy(() -> send("a"))
        .isInstanceOf(StoreException.class)
        .hasMessage("PutTexts to shelf failed: 400 AccessDeniedException: for a reason");
    assertThat(service.calls).hasSize(1);
  }

  @Test
  void throttlingOfTheWholeCallHeals() {
    service.answer =
        entries -> {
          if (service.calls.size() == 1) {
            throw answer(400, "ProvisionedThroughputExceededException");
          }
          return Map.of();
        };
    send("a");
    assertThat(taken).containsExactly("a");
  }

  @Test
  void anInterruptEndsItAndStaysKnown() {
    service.answer =
        entries -> {
          throw AbortedException.create("cancelled");
        };
    assertThatThrownBy(() -> send("a"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
