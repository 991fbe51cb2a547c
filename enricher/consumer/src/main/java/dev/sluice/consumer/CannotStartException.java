package dev.sluice.consumer;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The consumer cannot run here and now; the message is one line for a person. */
public final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_MESSAGE_CHARS = 300;
  private static final int FORBIDDEN = 403;

  public CannotStartException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /**
   * Says in one line why a call to AWS failed.
   *
   * @param what the service and the thing that was asked for, such as {@code Kinesis, stream logs}
   * @param action the permission that the call needs, such as {@code kinesis:DescribeStreamSummary}
   */
  public static CannotStartException because(Throwable failure, String what, String action) {
    if (failure instanceof AwsServiceException answer) {
      return new CannotStartException(
          what
              + (isDenied(answer) ? ": access denied, " + action + " is needed on it: " : ": ")
              + message(answer),
          failure);
    }
    String message = String.valueOf(failure.getMessage());
    String lowerCase = message.toLowerCase(Locale.ROOT);
    if (lowerCase.contains("unable to load region")) {
      return new CannotStartException("no AWS region: set AWS_REGION", failure);
    }
    if (lowerCase.contains("unable to load credentials")) {
      return new CannotStartException(
          "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role",
          failure);
    }
    return new CannotStartException(
        (failure instanceof SdkException ? "cannot reach " : "") + what + ": " + message, failure);
  }

  /** Whether permissions or credentials are what is wrong. */
  public static boolean isDenied(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    return answer.statusCode() == FORBIDDEN
        || code.contains("Denied")
        || code.equals("AuthorizationError");
  }

  private static String message(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    return message == null || message.isBlank() ? "status " + answer.statusCode() : message;
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "...";
  }
}
