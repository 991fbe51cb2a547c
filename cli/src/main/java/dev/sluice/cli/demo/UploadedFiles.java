package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.notification.BucketNotifications;
import dev.sluice.local.notification.NotificationOptions;
import java.nio.file.Path;
import java.util.Map;

/** Buckets and tables of uploaded files, and the packaged function that their bucket notifies. */
final class UploadedFiles implements AutoCloseable {

  private static final String HANDLER = "dev.sluice.files.FilesHandler::handleRequest";
  private static final String UPLOADS = "sluice-demo-uploads";
  private static final String OUTPUTS = "sluice-demo-files";
  private static final String TABLE = "FileMetadata";
  private static final String CLAIMS = "FileIdempotency";

  private final LocalLambda function;
  private final BucketNotifications notifications;

  private UploadedFiles(LocalLambda function, BucketNotifications notifications) {
    this.function = function;
    this.notifications = notifications;
  }

  /**
   * Creates everything.
   *
   * @param geoip database of the function
   * @throws CannotRunException when there is no package of the function
   */
  static UploadedFiles open(DemoStack stack, PackagedFunctions functions, Path geoip) {
    stack.clients().s3().createBucket(create -> create.bucket(UPLOADS));
    stack.clients().s3().createBucket(create -> create.bucket(OUTPUTS));
    try (var clients = new SourceClients(stack.aws())) {
      FileTables.create(clients.dynamoDb(), TABLE, CLAIMS);
    }
    LocalLambda function =
        functions.start(
            "files",
            HANDLER,
            stack,
            Map.of(
                "FILE_TABLE", TABLE,
                "IDEMPOTENCY_TABLE", CLAIMS,
                "OUTPUT_BUCKET", OUTPUTS,
                "GEOIP_CITY_DATABASE", geoip.toString(),
                "S3_PATH_STYLE", "true"));
    return new UploadedFiles(
        function,
        BucketNotifications.toFunction(
            stack.aws().objectChanges(),
            UPLOADS,
            MappedFunction.of(function),
            NotificationOptions.defaults(),
            event -> {}));
  }

  /** Settings of the pages. */
  Map<String, String> webSettings() {
    return Map.of("UPLOAD_BUCKET", UPLOADS, "OUTPUT_BUCKET", OUTPUTS, "FILE_TABLE", TABLE);
  }

  @Override
  public void close() {
    notifications.close();
    function.close();
  }
}
