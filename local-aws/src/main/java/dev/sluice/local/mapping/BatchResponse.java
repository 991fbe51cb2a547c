package dev.sluice.local.mapping;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a function says of a batch (AWS Lambda, "Configuring partial batch response").
 *
 * @param trouble why all of the batch has failed; empty when it has not
 * @param failed identifiers of the items that have; none when all succeeded
 * @param state of the window; empty unless the mapping has windows and the batch has not failed
 */
record BatchResponse(Optional<String> trouble, Set<String> failed, Optional<ObjectNode> state) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static BatchResponse allFailed(String trouble) {
    return new BatchResponse(Optional.of(trouble), Set.of(), Optional.empty());
  }

  /**
   * Reads an answer. One that reports items in a wrong way fails the batch, where the service takes
   * some of them for a success, so that a function that gets it wrong cannot pass.
   *
   * @param items identifiers of the batch
   * @param reportBatchItemFailures whether the mapping listens to reports
   * @param windowed whether the answer must have a state
   */
  static BatchResponse of(
      LambdaAnswer answer, Set<String> items, boolean reportBatchItemFailures, boolean windowed) {
    if (!answer.succeeded()) {
      return allFailed(answer.errorType().orElseThrow());
    }
    if (!reportBatchItemFailures && !windowed) {
      return new BatchResponse(Optional.empty(), Set.of(), Optional.empty());
    }
    JsonNode json;
    try {
      json = JSON.readTree(answer.payload());
    } catch (IOException noJson) {
      return allFailed("the answer is no JSON");
    }
    if (!json.isObject() && !json.isNull() && !json.isMissingNode()) {
      return allFailed("the answer is no object");
    }
    Optional<ObjectNode> state = Optional.empty();
    if (windowed) {
      if (!(json.path("state") instanceof ObjectNode object)) {
        return allFailed("the answer has no state");
      }
      state = Optional.of(object);
    }
    var failed = new HashSet<String>();
    if (reportBatchItemFailures) {
      JsonNode failures = json.path("batchItemFailures");
      if (!failures.isArray() && !failures.isNull() && !failures.isMissingNode()) {
        return allFailed("batchItemFailures is no array");
      }
      for (JsonNode failure : failures) {
        String item = failure.path("itemIdentifier").asText("");
        if (!items.contains(item)) { // empty, null, missing, or of no record of the batch
          return allFailed("batchItemFailures has an unknown itemIdentifier");
        }
        failed.add(item);
      }
    }
    return new BatchResponse(Optional.empty(), Set.copyOf(failed), state);
  }
}
