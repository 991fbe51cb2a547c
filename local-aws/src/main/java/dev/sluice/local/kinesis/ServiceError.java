package dev.sluice.local.kinesis;

/**
 * An answer that is an error of the service: its type is the name that SDKs map to an exception
 * class.
 */
final class ServiceError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;

  private final String type;
  private final int status;

  private ServiceError(int status, String type, String message) {
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

  static ServiceError notFound(String message) {
    return new ServiceError(BAD_REQUEST, "ResourceNotFoundException", message);
  }

  static ServiceError inUse(String message) {
    return new ServiceError(BAD_REQUEST, "ResourceInUseException", message);
  }

  static ServiceError invalidArgument(String message) {
    return new ServiceError(BAD_REQUEST, "InvalidArgumentException", message);
  }

  static ServiceError limitExceeded(String message) {
    return new ServiceError(BAD_REQUEST, "LimitExceededException", message);
  }

  static ServiceError throughputExceeded(String message) {
    return new ServiceError(BAD_REQUEST, "ProvisionedThroughputExceededException", message);
  }

  static ServiceError expiredIterator(String message) {
    return new ServiceError(BAD_REQUEST, "ExpiredIteratorException", message);
  }

  static ServiceError expiredNextToken(String message) {
    return new ServiceError(BAD_REQUEST, "ExpiredNextTokenException", message);
  }

  static ServiceError unknownOperation(String message) {
    return new ServiceError(BAD_REQUEST, "UnknownOperationException", message);
  }

  static ServiceError serialization(String message) {
    return new ServiceError(BAD_REQUEST, "SerializationException", message);
  }

  static ServiceError tooLarge(String message) {
    return new ServiceError(413, "RequestEntityTooLargeException", message);
  }

  static ServiceError internalFailure(String message) {
    return new ServiceError(500, "InternalFailure", message);
  }

  /** The service's wording for a value outside its model's constraint. */
  static ServiceError validation(Object value, String member, String constraint) {
    return new ServiceError(
        BAD_REQUEST,
        "ValidationException",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
