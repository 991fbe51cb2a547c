package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PutRecord and PutRecordBatch. */
final class PutOperations {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalFirehose firehose;

  PutOperations(LocalFirehose firehose) {
    this.firehose = firehose;
  }

  Map<String, Operation> table() {
    return Map.of("PutRecord", this::putRecord, "PutRecordBatch", this::putRecordBatch);
  }

  private ObjectNode putRecord(JsonNode input) {
    byte[] data = PutInput.record(input);
    FirehoseStream stream = directPut(input);
    String recordId = stream.put(data).orElseThrow(ServiceError::slowDown);
    return JSON.createObjectNode().put("RecordId", recordId).put("Encrypted", false);
  }

  private ObjectNode putRecordBatch(JsonNode input) {
    List<byte[]> records = PutInput.records(input);
    FirehoseStream stream = directPut(input);
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode responses = JSON.createArrayNode();
    int failed = 0;
    for (byte[] data : records) {
      Optional<ServiceError> fault = firehose.faults().entryFailure();
      Optional<String> recordId = fault.isPresent() ? Optional.empty() : stream.put(data);
      if (recordId.isPresent()) {
        responses.addObject().put("RecordId", recordId.get());
      } else {
        ServiceError error = fault.orElseGet(ServiceError::slowDown);
        responses
            .addObject()
            .put("ErrorCode", error.type())
            .put("ErrorMessage", error.getMessage());
        failed++;
      }
    }
    answer.put("FailedPutCount", failed).put("Encrypted", false);
    answer.set("RequestResponses", responses);
    return answer;
  }

  private FirehoseStream directPut(JsonNode input) {
    FirehoseStream stream = firehose.find(PutInput.streamName(input));
    if (stream.options().source().isPresent()) {
      throw ServiceError.invalidArgument(
          "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    }
    firehose
        .faults()
        .refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    return stream;
  }
}
