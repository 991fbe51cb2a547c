package dev.sluice.lookups.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Fetches databases from S3, of {@link #MAX_BYTES} at most. Each is written beside its file and
 * moved there as a whole, so that nobody ever sees a part of one; whether it can be used is for
 * whoever opens the file to say. The client is opened by the first database. Not thread-safe.
 */
public final class RemoteDatabases implements DatabaseFetch {
  /** Far above the largest database of MaxMind, and no more than a disk of a container may lose. */
  public static final long MAX_BYTES = 1L << 30;

  /** Longest time for one attempt to fetch one database. */
  public static final Duration FETCH_TIMEOUT = Duration.ofMinutes(2);

  private static final int NOT_MODIFIED = 304;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final List<RemoteDatabase> databases;
  private final Supplier<S3Client> openS3;
  private final long maxBytes;
  private final Map<RemoteDatabase, String> eTags = new HashMap<>();
  private S3Client s3; // null until it is needed

  public RemoteDatabases(List<RemoteDatabase> databases, Supplier<S3Client> openS3) {
    this(databases, openS3, MAX_BYTES);
  }

  RemoteDatabases(List<RemoteDatabase> databases, Supplier<S3Client> openS3, long maxBytes) {
    this.databases = List.copyOf(databases);
    this.openS3 = openS3;
    this.maxBytes = maxBytes;
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
        Throwable why = failure.getCause() instanceof NonRetryableException cause ? cause : failure;
        troubles.add(database + ": " + why.getMessage());
      }
    }
    return troubles;
  }

  private void fetch(RemoteDatabase database) throws IOException {
    if (s3 == null) {
      s3 = openS3.get();
    }
    Path part =
        Files.createTempFile(
            Files.createDirectories(database.file().toAbsolutePath().getParent()),
            database.file().getFileName().toString(),
            ".part");
    try {
      GetObjectResponse response =
          s3.getObject(request(database), (answer, body) -> write(answer, body, part));
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

  /** Anew for each attempt of the SDK. */
  private GetObjectResponse write(GetObjectResponse answer, InputStream body, Path part)
      throws IOException {
    if (answer.contentLength() != null && answer.contentLength() > maxBytes) {
      throw tooLarge();
    }
    try (var out = Files.newOutputStream(part, StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long written = 0;
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        written += n;
        if (written > maxBytes) {
          throw tooLarge();
        }
        out.write(buffer, 0, n);
      }
    }
    return answer;
  }

  private NonRetryableException tooLarge() {
    return NonRetryableException.create("is larger than " + maxBytes + " bytes");
  }

  private GetObjectRequest request(RemoteDatabase database) {
    return GetObjectRequest.builder()
        .bucket(database.bucket())
        .key(database.key())
        .ifNoneMatch(eTags.get(database))
        .overrideConfiguration(call -> call.apiCallAttemptTimeout(FETCH_TIMEOUT))
        .build();
  }
}
