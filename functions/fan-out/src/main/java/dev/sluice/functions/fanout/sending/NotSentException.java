package dev.sluice.functions.fanout.sending;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A service did not take something, and asking again would not help or there was no time for it.
 */
public final class NotSentException extends Exception {
  private static final long serialVersionUID = 1L;

  NotSentException(String operation, Throwable cause) {
    super(operation + ": " + why(cause), cause);
  }

  /**
   * @param why without anything of what was sent
   */
  public NotSentException(String operation, String why) {
    super(operation + ": " + why);
  }

  /** Never what was sent: of an answer its code, of anything else its kind. */
  private static String why(Throwable cause) {
    if (cause instanceof AwsServiceException answer) {
      String code =
          answer.awsErrorDetails() == null ? "" : " " + answer.awsErrorDetails().errorCode();
      return answer.statusCode() + code;
    }
    return cause.getClass().getSimpleName();
  }
}
