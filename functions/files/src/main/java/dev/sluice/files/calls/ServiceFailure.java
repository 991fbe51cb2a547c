package dev.sluice.files.calls;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A service did not do what it was asked, also after the attempts of its client. The message names
 * the action and the resource as a policy would, and nothing of what was sent.
 */
public final class ServiceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final int status;
  private final boolean refused;

  private ServiceFailure(String message, int status, boolean refused, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.refused = refused;
  }

  /**
   * Makes a call.
   *
   * @param action such as {@code s3:PutObject}
   * @param resource an ARN, or a name
   * @throws ServiceFailure when the client throws
   */
  public static <T> T orThrow(String action, String resource, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException | UncheckedIOException e) {
      // The SDK's HTTP client passes on an UncheckedIOException when an answer breaks off.
      throw of(action, resource, e);
    }
  }

  private static ServiceFailure of(String action, String resource, RuntimeException e) {
    if (!(e instanceof AwsServiceException answer)) {
      String why = e.getClass().getSimpleName();
      return new ServiceFailure(action + " on " + resource + " failed: " + why, 0, false, e);
    }
    String code =
        answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
            ? ""
            : answer.awsErrorDetails().errorCode();
    boolean refused =
        answer.statusCode() == FORBIDDEN
            || code.startsWith("AccessDenied")
            || code.equals("AuthorizationError");
    String message =
        refused
            ? "no permission for " + action + " on " + resource
            : action + " on " + resource + " failed: " + (answer.statusCode() + " " + code).strip();
    return new ServiceFailure(message, answer.statusCode(), refused, e);
  }

  /** Whether a policy is missing: to try again at once does not help. */
  public boolean isRefused() {
    return refused;
  }

  /** Whether what was asked for is not there. */
  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /** Whether a condition of the call did not hold. */
  public boolean isPreconditionFailed() {
    return status == PRECONDITION_FAILED;
  }
}
