package dev.sluice.consumer;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The consumer cannot run here and now; the message is one line for a person. */
public final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_MESSAGE_CHARS = 300;

  public CannotStartException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /**
   * Says in one line why a call to AWS failed.
   *
   * @param what the service and the thing that was asked for, such as {@code Kinesis, stream logs}
   */
  public static CannotStartException because(Throwable failure, String what) {
    if (failure instanceof AwsServiceException answer) {
      boolean denied =
          answer.statusCode() == 403 || answer.awsErrorDetails().errorCode().contains("Denied");
      return new CannotStartException(
          what
              + (denied ? ": access denied: " : ": ")
              + (answer.awsErrorDetails() == null
                  ? "status " + answer.statusCode()
                  : answer.awsErrorDetails().errorMessage()),
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

  private static String oneLine(String message) {
    String line = message.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "...";
  }
}
