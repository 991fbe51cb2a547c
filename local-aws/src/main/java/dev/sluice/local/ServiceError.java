package dev.sluice.local;

import java.util.List;

/**
 * An answer that is an error of a service: its type is the name that SDKs map to an exception
 * class.
 */
public final class ServiceError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;

  private final String type;
  private final int status;

  private ServiceError(int status, String type, String message) {
    super(message, null, false, false); // an answer, not a fault of ours: no stack trace
    this.type = type;
    this.status = status;
  }

  public String type() {
    return type;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /**
   * An error that only one service has.
   *
   * @param status of HTTP
   */
  public static ServiceError of(int status, String type, String message) {
    return new ServiceError(status, type, message);
  }

  public static ServiceError notFound(String message) {
    return new ServiceError(BAD_REQUEST, "ResourceNotFoundException", message);
  }

  public static ServiceError inUse(String message) {
    return new ServiceError(BAD_REQUEST, "ResourceInUseException", message);
  }

  public static ServiceError invalidArgument(String message) {
    return new ServiceError(BAD_REQUEST, "InvalidArgumentException", message);
  }

  public static ServiceError limitExceeded(String message) {
    return new ServiceError(BAD_REQUEST, "LimitExceededException", message);
  }

  public static ServiceError throughputExceeded(String message) {
    return new ServiceError(BAD_REQUEST, "ProvisionedThroughputExceededException", message);
  }

  public static ServiceError expiredIterator(String message) {
    return new ServiceError(BAD_REQUEST, "ExpiredIteratorException", message);
  }

  public static ServiceError expiredNextToken(String message) {
    return new ServiceError(BAD_REQUEST, "ExpiredNextTokenException", message);
  }

  public static ServiceError unknownOperation(String message) {
    return new ServiceError(BAD_REQUEST, "UnknownOperationException", message);
  }

  public static ServiceError serialization(String message) {
    return new ServiceError(BAD_REQUEST, "SerializationException", message);
  }

  public static ServiceError tooLarge(String message) {
    return new ServiceError(TOO_LARGE, "RequestEntityTooLargeException", message);
  }

  public static ServiceError internalFailure(String message) {
    return new ServiceError(INTERNAL, "InternalFailure", message);
  }

  /** Firehose's word for: too fast, send it again. */
  public static ServiceError slowDown() {
    return new ServiceError(UNAVAILABLE, "ServiceUnavailableException", "Slow down.");
  }

  /** The services' wording for a value outside the constraint of its model. */
  public static ServiceError validation(Object value, String member, String constraint) {
    return validation(List.of(violation(value, member, constraint)));
  }

  /** What is no matter of a single value. */
  public static ServiceError validation(String message) {
    return new ServiceError(BAD_REQUEST, "ValidationException", message);
  }

  /** Several of them. */
  public static ServiceError validation(List<String> violations) {
    return new ServiceError(
        BAD_REQUEST,
        "ValidationException",
        violations.size()
            + (violations.size() == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", violations));
  }

  /** One of several; a value that is absent is null. */
  public static String violation(Object value, String member, String constraint) {
    String shown = value == null ? "null" : "'" + value + "'";
    return "Value " + shown + " at '" + member + "' failed to satisfy constraint: " + constraint;
  }
}
