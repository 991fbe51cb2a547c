package dev.sluice.local;

import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Lists whole objects only, as S3 does. s3proxy's file store writes an object to {@code
 * <key>-<UUID>} beside its place first, and lists that file too while it is being written. A list
 * leaves out every such name whose key was being written at some moment while the list ran; an
 * object that is really called so is listed.
 */
final class WholeObjects extends ForwardingBlobStore {

  private static final Pattern TEMPORARY =
      Pattern.compile("(.*)-\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", Pattern.DOTALL);

  /** One write under way; writes of one key at the same time are several of these. */
  private static final class Write {
    private final String object;

    Write(String object) {
      this.object = object;
    }
  }

  private final Set<Write> writes = ConcurrentHashMap.newKeySet();

  /** For each list that runs: the objects written since it began. */
  private final Set<Set<String>> lists = ConcurrentHashMap.newKeySet();

  WholeObjects(BlobStore files) {
    super(files);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    return writing(request.bucket(), request.key(), () -> super.putBlob(request, content));
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return writing(
        request.destinationBucket(), request.destinationKey(), () -> super.copyBlob(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return writing(
        request.bucket(), request.key(), () -> super.completeMultipartUpload(upload, request));
  }

  private <T> T writing(String bucket, String key, Supplier<T> work) {
    var write = new Write(object(bucket, key));
    writes.add(write);
    try {
      lists.forEach(list -> list.add(write.object));
      return work.get();
    } finally {
      writes.remove(write);
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    Set<String> beingWritten = ConcurrentHashMap.newKeySet();
    lists.add(beingWritten); // first, so that no write can begin unseen
    try {
      writes.forEach(write -> beingWritten.add(write.object));
      ListObjectsV2Response all = super.list(request);
      return all.toBuilder()
          .contents(
              all.contents().stream()
                  .filter(listed -> !isTemporary(request.bucket(), listed.key(), beingWritten))
                  .toList())
          .build();
    } finally {
      lists.remove(beingWritten);
    }
  }

  private static boolean isTemporary(String bucket, String key, Set<String> beingWritten) {
    Matcher temporary = TEMPORARY.matcher(key);
    return temporary.matches() && beingWritten.contains(object(bucket, temporary.group(1)));
  }

  private static String object(String bucket, String key) {
    return bucket + '/' + key;
  }
}
