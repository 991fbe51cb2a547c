package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges what the function answered (Firehose, "Required parameters for data transformation"). The
 * codes and messages are the service's. The service has been seen to fail only the records whose id
 * is missing or repeated; here such an answer fails its whole batch, as an answer in a wrong format
 * does there, so that a function that loses one id cannot pass.
 */
final class AnswerCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Verdict NO_JSON =
      Verdict.failed(
          "Lambda.JsonProcessingException",
          "There was an error parsing returned records from the Lambda function. Ensure that the"
              + " returned records follow the status model required by Firehose.");
  private static final Verdict MISSING =
      Verdict.failed(
          "Lambda.MissingRecordId",
          "One or more record Ids were not returned. Ensure that the Lambda function returns all"
              + " received record Ids.");
  private static final Verdict DUPLICATED =
      Verdict.failed(
          "Lambda.DuplicatedRecordId",
          "Multiple records were returned with the same record Id. Ensure that the Lambda function"
              + " returns a unique record Id for each record.");
  private static final Verdict WRONG_FORMAT =
      Verdict.failed(
          "Lambda.FunctionError",
          "Check your function and make sure the output is in required format. In addition to that,"
              + " make sure the processed records contain valid result status of Dropped, Ok, or"
              + " ProcessingFailed");
  private static final Verdict NO_DATA =
      Verdict.failed(
          "Lambda.InvalidReturnFormat",
          "The data field cannot be null when the SourceType is DirectPut or KinesisStreamAsSource"
              + " and processing result is Ok.");
  private static final Verdict PROCESSING_FAILED =
      Verdict.failed("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record");

  private AnswerCheck() {}

  /** One verdict for each record, in their order. */
  static List<Verdict> verdicts(byte[] answer, List<FirehoseRecord> records) {
    JsonNode returned;
    try {
      returned = JSON.readTree(answer).path("records");
    } catch (IOException noJson) {
      return all(NO_JSON, records);
    }
    var byId = new HashMap<String, Verdict>();
    for (JsonNode each : returned) {
      Verdict verdict = verdict(each);
      if (verdict == WRONG_FORMAT) {
        return all(WRONG_FORMAT, records);
      }
      if (byId.put(each.path("recordId").asText(), verdict) != null) {
        return all(DUPLICATED, records);
      }
    }
    var verdicts = new ArrayList<Verdict>(records.size());
    for (FirehoseRecord record : records) {
      Verdict verdict = byId.remove(record.recordId());
      if (verdict == null) {
        return all(MISSING, records);
      }
      verdicts.add(verdict);
    }
    return byId.isEmpty() ? verdicts : all(MISSING, records); // an id that nobody had sent
  }

  private static Verdict verdict(JsonNode returned) {
    JsonNode data = returned.path("data");
    switch (returned.path("result").asText()) {
      case "Dropped":
        return Verdict.DROPPED;
      case "ProcessingFailed":
        return PROCESSING_FAILED;
      case "Ok":
        break;
      default:
        return WRONG_FORMAT;
    }
    if (data.isMissingNode() || data.isNull()) {
      return NO_DATA;
    }
    try {
      return data.isTextual()
          ? Verdict.ok(Base64.getDecoder().decode(data.textValue()), partitionKeys(returned))
          : WRONG_FORMAT;
    } catch (IllegalArgumentException noBase64) {
      return WRONG_FORMAT;
    }
  }

  private static Map<String, String> partitionKeys(JsonNode returned) {
    var keys = new HashMap<String, String>();
    returned
        .path("metadata")
        .path("partitionKeys")
        .properties()
        .forEach(key -> keys.put(key.getKey(), key.getValue().asText("")));
    return keys;
  }

  static List<Verdict> all(Verdict verdict, List<FirehoseRecord> records) {
    return Collections.nCopies(records.size(), verdict);
  }
}
