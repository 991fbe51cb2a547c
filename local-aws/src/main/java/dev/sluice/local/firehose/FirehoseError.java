package dev.sluice.local.firehose;

import java.util.List;

/** An answer that is an error of the service: its type is what SDKs map to an exception class. */
final class FirehoseError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private final String type;
  private final int status;

  private FirehoseError(int status, String type, String message) {
    super(message, null, false, false); // an answer, not a fault of ours: no stack trace
    this.type = type;
    this.status = status;
  }

  String type() {
    return type;
  }

  /** HTTP status. */
  int status() {
    return status;
  }

  static FirehoseError notFound(String stream, String accountId) {
    return new FirehoseError(
        BAD_REQUEST,
        "ResourceNotFoundException",
        "Firehose " + stream + " under account " + accountId + " not found.");
  }

  static FirehoseError inUse(String stream, String accountId) {
    return new FirehoseError(
        BAD_REQUEST,
        "ResourceInUseException",
        "Firehose " + stream + " under accountId " + accountId + " already exists");
  }

  static FirehoseError invalidArgument(String message) {
    return new FirehoseError(BAD_REQUEST, "InvalidArgumentException", message);
  }

  static FirehoseError serialization(String message) {
    return new FirehoseError(BAD_REQUEST, "SerializationException", message);
  }

  static FirehoseError unknownOperation(String message) {
    return new FirehoseError(BAD_REQUEST, "UnknownOperationException", message);
  }

  static FirehoseError tooLarge(String message) {
    return new FirehoseError(413, "RequestEntityTooLargeException", message);
  }

  static FirehoseError internal(String message) {
    return new FirehoseError(500, "InternalFailure", message);
  }

  /** The service's word for: too fast, send it again. */
  static FirehoseError slowDown() {
    return new FirehoseError(UNAVAILABLE, "ServiceUnavailableException", "Slow down.");
  }

  /** The service's wording for values outside the constraints of its model. */
  static FirehoseError validation(List<String> violations) {
    return new FirehoseError(
        BAD_REQUEST,
        "ValidationException",
        violations.size()
            + (violations.size() == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", violations));
  }

  static String violation(Object value, String member, String constraint) {
    String shown = value == null ? "null" : "'" + value + "'";
    return "Value " + shown + " at '" + member + "' failed to satisfy constraint: " + constraint;
  }
}
