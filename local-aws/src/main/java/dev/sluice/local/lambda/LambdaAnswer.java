package dev.sluice.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an invocation gave.
 *
 * @param payload the function's response, or a JSON document about the error
 * @param errorType empty when the function succeeded, else the name that Lambda reports
 */
public record LambdaAnswer(byte[] payload, Optional<String> errorType) {

  /** The names of Lambda for what goes wrong outside the function's code. */
  public static final String TIMED_OUT = "Sandbox.Timedout";

  public static final String RUNTIME_EXITED = "Runtime.ExitError";
  public static final String RESPONSE_TOO_LARGE = "Function.ResponseSizeTooLarge";
  public static final String REQUEST_TOO_LARGE = "RequestEntityTooLargeException";
  static final String UNKNOWN_ERROR = "Runtime.Unknown";

  private static final ObjectMapper JSON = new ObjectMapper();

  public static LambdaAnswer success(byte[] payload) {
    return new LambdaAnswer(payload, Optional.empty());
  }

  /** The error that the function's own runtime has reported. */
  static LambdaAnswer reported(String errorType, byte[] document) {
    return new LambdaAnswer(document, Optional.of(errorType));
  }

  /** An error of that type, with the JSON document that Lambda makes of it. */
  public static LambdaAnswer failure(String errorType, String message) {
    ObjectNode document = JSON.createObjectNode();
    document.put("errorType", errorType);
    document.put("errorMessage", message);
    return new LambdaAnswer(
        document.toString().getBytes(StandardCharsets.UTF_8), Optional.of(errorType));
  }

  public boolean succeeded() {
    return errorType.isEmpty();
  }

  /** The payload as text, for messages and tests. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }
}
