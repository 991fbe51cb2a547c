package dev.sluice.firehose.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Fetches databases from S3. Each is written beside its file and moved there as a whole, so that
 * nobody ever sees a part of one; whether it can be used is for whoever opens the file to say. The
 * client is opened by the first database. Not thread-safe.
 */
public final class RemoteDatabases implements DatabaseFetch {
  private static final int NOT_MODIFIED = 304;

  private final List<RemoteDatabase> databases;
  private final Supplier<S3Client> openS3;
  private final Map<RemoteDatabase, String> eTags = new HashMap<>();
  private S3Client s3; // null until it is needed

  public RemoteDatabases(List<RemoteDatabase> databases, Supplier<S3Client> openS3) {
    this.databases = List.copyOf(databases);
    this.openS3 = openS3;
  }

  /** A database has changed when its ETag has. */
  @Override
  public List<String> fetchChanged() {
    var troubles = new ArrayList<String>();
    for (RemoteDatabase database : databases) {
      try {
        fetch(database);
      } catch (IOException
          | SdkException
          | UncheckedIOException failure) { // the last when an answer breaks off within its head
        troubles.add(database + ": " + failure.getMessage());
      }
    }
    return troubles;
  }

  private void fetch(RemoteDatabase database) throws IOException {
    if (s3 == null) {
      s3 = openS3.get();
    }
    Path part = database.file().resolveSibling(database.file().getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      GetObjectResponse response = s3.getObject(request(database), part);
      long length = Files.size(part);
      if (response.contentLength() != null && response.contentLength() != length) {
        throw new IOException("came with " + length + " of " + response.contentLength() + " bytes");
      }
      Files.move(
          part,
          database.file(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      eTags.put(database, response.eTag());
    } catch (S3Exception answer) {
      if (answer.statusCode() != NOT_MODIFIED) {
        throw answer;
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private GetObjectRequest request(RemoteDatabase database) {
    return GetObjectRequest.builder()
        .bucket(database.bucket())
        .key(database.key())
        .ifNoneMatch(eTags.get(database))
        .build();
  }
}
