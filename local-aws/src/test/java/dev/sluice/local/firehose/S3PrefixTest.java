package dev.sluice.local.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PrefixTest {

  private static final Instant OLDEST = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void timeIsAppendedUnlessItIsNamed() {
    assertThat(S3Prefix.ofData("").of(OLDEST, Map.of())).isEqualTo("2026/01/02/03/");
    assertThat(S3Prefix.ofData("logs/").of(OLDEST, Map.of())).isEqualTo("logs/2026/01/02/03/");
    assertThat(S3Prefix.ofData("dt=!{timestamp:yyyy-MM-dd}/").of(OLDEST, Map.of()))
        .isEqualTo("dt=2026-01-02/");
    assertThat(S3Prefix.ofData("c=!{partitionKeyFromLambda:c}/").of(OLDEST, Map.of("c", "a$b\\")))
        .isEqualTo("c=a$b\\/2026/01/02/03/");
  }

  @Test
  void errorsGoBesideTheDataUnlessTheyHaveAPrefixOfTheirOwn() {
    assertThat(S3Prefix.ofErrors("logs/", Optional.empty()).of(OLDEST, Map.of()))
        .isEqualTo("logs/processing-failed/2026/01/02/03/");
    assertThat(
            S3Prefix.ofErrors("", Optional.of("e/!{firehose:error-output-type}/!{timestamp:HH}/"))
                .of(OLDEST, Map.of()))
        .isEqualTo("e/processing-failed/03/");
  }

  @Test
  void aPartitionKeyMustHaveAValue() {
    S3Prefix prefix = S3Prefix.ofData("!{partitionKeyFromLambda:c}/");
    assertThat(prefix.isComplete(Map.of("c", "x"))).isTrue();
    assertThat(prefix.isComplete(Map.of("c", ""))).isFalse();
    assertThat(prefix.isComplete(Map.of("d", "x"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!{unknown:x}/",
        "!{partitionKeyFromLambda}/",
        "!{timestamp:{}/",
        "!{firehose:random-word}/",
        "!{firehose:error-output-type}/"
      })
  void anExpressionThatIsNoneIsRefused(String prefix) {
    assertThatThrownBy(() -> S3Prefix.ofData(prefix)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPrefixWithExpressionsNeedsAnErrorPrefixWithTheType() {
    String prefix = "!{timestamp:yyyy}/";
    for (Optional<String> errors :
        List.of(
            Optional.<String>empty(),
            Optional.of("errors/"),
            Optional.of("!{firehose:error-output-type}/!{partitionKeyFromLambda:c}/"))) {
      assertThatThrownBy(() -> S3Prefix.ofErrors(prefix, errors))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
