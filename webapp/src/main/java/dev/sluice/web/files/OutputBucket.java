package dev.sluice.web.files;

import dev.sluice.web.http.RefusedException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects that functions/files has written. */
public final class OutputBucket {

  private final S3Client s3;
  private final String bucket;

  public OutputBucket(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /**
   * Opens an object that an item names.
   *
   * @param key empty if the item names none
   * @throws RefusedException 404 when there is none, or it lies in another bucket than this one
   */
  ResponseInputStream<GetObjectResponse> open(StoredFile file, Optional<String> key) {
    if (key.isEmpty()) {
      throw RefusedException.notFound("There is no such output of this file.");
    }
    if (file.outputBucket().filter(named -> !named.equals(bucket)).isPresent()) {
      throw RefusedException.notFound("The output of this file lies in another bucket.");
    }
    try {
      return s3.getObject(get -> get.bucket(bucket).key(key.get()));
    } catch (S3Exception refused) {
      if (refused.statusCode() == 404) {
        throw RefusedException.notFound("The output of this file is gone.");
      }
      throw refused;
    }
  }
}
