package dev.sluice.producers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What a failed PutRecords request means for its records.
 *
 * @param answered whether the service itself said no
 * @param worthRetrying whether the same request may succeed later
 * @param inDoubt whether the records may have been stored all the same
 * @param description one line for a person
 */
record ServiceFault(boolean answered, boolean worthRetrying, boolean inDoubt, String description) {
  /** Errors of PutRecords that pass, besides throttling and all 5xx. */
  private static final Set<String> PASSING =
      Set.of("ProvisionedThroughputExceededException", "KMSThrottlingException");

  /** How the SDK's message starts before it lists a dozen providers. */
  private static final String NO_CREDENTIALS = "Unable to load credentials";

  /**
   * @param failure an {@link SdkException}, or the UncheckedIOException that the SDK's HTTP client
   *     throws, and the SDK passes on, when an answer breaks off within its head
   */
  static ServiceFault of(RuntimeException failure) {
    if (failure instanceof SdkServiceException answer) {
      return ofAnswer(answer);
    }
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return new ServiceFault(false, true, true, "no answer in time");
    }
    if (String.valueOf(failure.getMessage()).startsWith(NO_CREDENTIALS)) {
      return new ServiceFault(
          false,
          false,
          false,
          "no AWS credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile");
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException broken) {
        return new ServiceFault(false, true, !neverConnected(broken), describe(broken));
      }
    }
    return new ServiceFault(false, false, false, describe(failure));
  }

  private static ServiceFault ofAnswer(SdkServiceException answer) {
    String code = errorCode(answer);
    boolean serverError = answer.statusCode() >= 500;
    boolean throttled = answer.isThrottlingException() || PASSING.contains(code);
    return new ServiceFault(
        true, serverError || throttled, serverError && !throttled, describe(answer, code));
  }

  private static String errorCode(SdkServiceException answer) {
    if (answer instanceof AwsServiceException aws
        && aws.awsErrorDetails() != null
        && aws.awsErrorDetails().errorCode() != null) {
      return aws.awsErrorDetails().errorCode();
    }
    return "HTTP " + answer.statusCode();
  }

  private static String describe(SdkServiceException answer, String code) {
    if (answer instanceof AwsServiceException aws
        && aws.awsErrorDetails() != null
        && aws.awsErrorDetails().errorMessage() != null) {
      return code + ": " + oneLine(aws.awsErrorDetails().errorMessage());
    }
    return code;
  }

  private static String describe(Exception failure) {
    if (failure instanceof UnknownHostException) {
      return "unknown host " + failure.getMessage();
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : oneLine(message);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The request has not left this machine, so nothing of it is stored. */
  private static boolean neverConnected(IOException broken) {
    return broken instanceof ConnectException
        || broken instanceof UnknownHostException
        || broken instanceof NoRouteToHostException
        || broken instanceof SocketTimeoutException
            && String.valueOf(broken.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
  }
}
