package dev.sluice.consumer.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.RetryPolicy;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.model.SnsException;

class BoundedCallsTest {
  private static final int ATTEMPTS = 4;
  private final List<Duration> pauses = new ArrayList<>();
  private int attempts;

  private final BoundedCalls calls =
      new BoundedCalls(
          new RetryPolicy(ATTEMPTS, Duration.ofMillis(100), Duration.ofMillis(300)),
          pauses::add,
          new Random(7),
          ConsumerEvents.NONE);

  private static SdkException answer(int status) {
    AwsServiceException.Builder builder = SnsException.builder();
    return builder.statusCode(status).message("status " + status).build();
  }

  private void callFailing(int failures, RuntimeException failure, boolean stopping)
      throws Exception {
    calls.call(
        "Publish",
        () -> {
          if (attempts++ < failures) {
            throw failure;
          }
        },
        () -> stopping);
  }

  @Test
  void triesAgainWithJitterBelowItsBounds() throws Exception {
    callFailing(3, answer(503), false);
    assertThat(attempts).isEqualTo(4);
    assertThat(pauses).hasSize(3);
    assertThat(pauses.get(0)).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(300)) <= 0);
  }

  @Test
  void throttlingAndSilenceHeal() throws Exception {
    callFailing(1, answer(429), false);
    callFailing(attempts + 1, SdkClientException.create("no answer"), false);
    assertThat(pauses).hasSize(2);
  }

  @Test
  void anAnswerThatBreaksOffHeals() throws Exception {
    callFailing(1, new UncheckedIOException(new EOFException("within the head")), false);
    assertThat(attempts).isEqualTo(2);
  }

  @Test
  void whatCannotHealIsNotTriedAgain() {
    assertThatThrownBy(() -> callFailing(9, answer(403), false))
        .isInstanceOf(NotSentException.class)
        .hasMessageContaining("Publish failed: status 403");
    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void endsAfterItsAttemptsAndWithAStop() {
    assertThatThrownBy(() -> callFailing(9, answer(500), false))
        .isInstanceOf(NotSentException.class);
    assertThat(attempts).isEqualTo(ATTEMPTS);
    attempts = 0;
    assertThatThrownBy(() -> callFailing(9, answer(500), true))
        .isInstanceOf(NotSentException.class);
    assertThat(attempts).isEqualTo(1);
  }
}
