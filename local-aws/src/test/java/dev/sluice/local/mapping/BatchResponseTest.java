package dev.sluice.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LambdaAnswer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as success, as some failures, and as a failed batch. */
class BatchResponseTest {
  private static final Set<String> ITEMS = Set.of("1", "2");

  private static BatchResponse reported(String json) {
    return BatchResponse.of(RecordingFunction.answer(json), ITEMS, true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"batchItemFailures\":null}",
        "{\"batchItemFailures\":[]}",
        "{\"other\":1}"
      })
  void nothingReportedIsSuccess(String json) {
    assertThat(reported(json).trouble()).isEmpty();
    assertThat(reported(json).failed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"itemId\":\"1\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"3\"}]}",
        "{\"batchItemFailures\":[1]}",
        "{\"batchItemFailures\":\"1\"}",
        "\"done\"",
        "[]",
        "{\"batchItemFailures\":[",
        "{} {}"
      })
  void aReportThatCannotBeReadFailsTheBatch(String json) {
    assertThat(reported(json).trouble()).isPresent();
  }

  @Test
  void namedItemsFailAlone() {
    BatchResponse response = reported("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
    assertThat(response.trouble()).isEmpty();
    assertThat(response.failed()).containsExactly("2");
  }

  @Test
  void anErrorFailsTheBatchByItsType() {
    BatchResponse response =
        BatchResponse.of(LambdaAnswer.failure("Boom", "message"), ITEMS, true, true);
    assertThat(response.trouble()).contains("Boom");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "", "{\"state\":null}", "{\"state\":1}"})
  void aWindowWantsAState(String json) {
    assertThat(BatchResponse.of(RecordingFunction.answer(json), ITEMS, false, true).trouble())
        .contains("the answer has no state");
  }

  @Test
  void aStateIsKeptToTheDigit() {
    String state = "{\"a\":1.10,\"b\":123456789012345678901234567890,\"c\":\"x\"}";
    BatchResponse response =
        BatchResponse.of(RecordingFunction.answer("{\"state\":" + state + "}"), ITEMS, true, true);
    assertThat(response.state().orElseThrow().toString()).isEqualTo(state);
  }
}
