package dev.sluice.cli.demo;

import dev.sluice.local.mapping.SourceClients;
import java.nio.file.Path;
import java.util.Map;

/** Buckets and table of uploaded files, and the function that processes them, where it is built. */
final class UploadedFiles implements AutoCloseable {

  private static final String UPLOADS = "sluice-demo-uploads";
  private static final String OUTPUTS = "sluice-demo-files";
  private static final String TABLE = "FileMetadata";

  private UploadedFiles() {}

  /**
   * Creates everything.
   *
   * @param geoip database of the function
   */
  static UploadedFiles open(DemoStack stack, PackagedFunctions functions, Path geoip) {
    stack.clients().s3().createBucket(create -> create.bucket(UPLOADS));
    stack.clients().s3().createBucket(create -> create.bucket(OUTPUTS));
    try (var clients = new SourceClients(stack.aws())) {
      DemoTables.files(clients.dynamoDb(), TABLE);
    }
    return new UploadedFiles();
  }

  /** What is told of it at the start. */
  String report() {
    return "Uploads are stored; nothing processes them here.";
  }

  /** Settings of the pages. */
  Map<String, String> webSettings() {
    return Map.of("UPLOAD_BUCKET", UPLOADS, "OUTPUT_BUCKET", OUTPUTS, "FILE_TABLE", TABLE);
  }

  @Override
  public void close() {}
}
