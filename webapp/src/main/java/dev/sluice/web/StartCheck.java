package dev.sluice.web;

import dev.sluice.web.files.FileTable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks once, at the start, whether buckets and table are there and may be used. */
final class StartCheck {

  private static final int FORBIDDEN = 403;

  private StartCheck() {}

  /**
   * Checks everything that the pages cannot do without.
   *
   * @throws CannotServeException naming what is missing
   */
  static void check(WebSettings settings, WebClients clients) {
    checkBucket(settings.uploadBucket(), clients);
    checkBucket(settings.outputBucket(), clients);
    check(
        () -> new FileTable(clients.dynamoDb(), settings.fileTable()).check(),
        "DynamoDB, table " + settings.fileTable() + " with index " + FileTable.INDEX,
        "dynamodb:Query");
  }

  private static void checkBucket(String bucket, WebClients clients) {
    check(
        () -> clients.s3().headBucket(head -> head.bucket(bucket)),
        "S3, bucket " + bucket,
        "s3:ListBucket");
  }

  private static void check(Runnable call, String what, String action) {
    try {
      call.run();
    } catch (AwsServiceException refused) {
      boolean denied =
          refused.statusCode() == FORBIDDEN
              || refused.awsErrorDetails() != null
                  && "AccessDeniedException".equals(refused.awsErrorDetails().errorCode());
      throw new CannotServeException(
          what + (denied ? ": access denied, " + action + " is needed" : ": " + message(refused)),
          refused);
    } catch (SdkException noAnswer) {
      throw new CannotServeException(what + ": " + noAnswer.getMessage(), noAnswer);
    }
  }

  private static String message(AwsServiceException refused) {
    return refused.statusCode() == 404 ? "there is none" : String.valueOf(refused.getMessage());
  }
}
