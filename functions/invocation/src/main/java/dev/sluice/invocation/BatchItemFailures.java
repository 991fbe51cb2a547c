package dev.sluice.invocation;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a batch that have to come again. Of a stream Lambda sends everything from the
 * lowest of them on, so a function stops at its first failure; of a standard queue it sends exactly
 * these.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">
 *     Reporting batch item failures</a>
 */
public final class BatchItemFailures {
  /** Identifies no record: Lambda then takes the whole batch for failed. */
  public static final String WHOLE_BATCH = "";

  private final List<String> identifiers = new ArrayList<>();

  /**
   * Notes a failure.
   *
   * @param identifier sequence number or message id
   */
  public void add(String identifier) {
    identifiers.add(identifier);
  }

  public boolean isEmpty() {
    return identifiers.isEmpty();
  }

  public int count() {
    return identifiers.size();
  }

  public List<String> identifiers() {
    return List.copyOf(identifiers);
  }

  /** Writes the member {@code batchItemFailures} of a response. */
  public void writeTo(JsonGenerator response) throws IOException {
    response.writeArrayFieldStart("batchItemFailures");
    for (String identifier : identifiers) {
      response.writeStartObject();
      response.writeStringField("itemIdentifier", identifier);
      response.writeEndObject();
    }
    response.writeEndArray();
  }
}
