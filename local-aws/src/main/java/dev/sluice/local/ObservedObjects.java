package dev.sluice.local;

import dev.sluice.local.notification.ObjectChange;
import dev.sluice.local.notification.ObjectChanges;
import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Tells of each object that was put or deleted, when it is there, or gone. */
final class ObservedObjects extends ForwardingBlobStore {
  private final ObjectChanges changes;

  /** So begins what s3proxy puts and deletes for itself while a multipart upload is under way. */
  private static final String OF_S3PROXY = ".s3proxy-mpu-stub-";

  ObservedObjects(BlobStore objects, ObjectChanges changes) {
    super(objects);
    this.changes = changes;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    PutObjectResponse put = super.putBlob(request, content);
    created(ObjectChange.PUT, request.bucket(), request.key(), put.eTag());
    return put;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse copied = super.copyBlob(request);
    created(
        ObjectChange.COPY,
        request.destinationBucket(),
        request.destinationKey(),
        copied.copyObjectResult().eTag());
    return copied;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse completed = super.completeMultipartUpload(upload, request);
    created(ObjectChange.MULTIPART, request.bucket(), request.key(), completed.eTag());
    return completed;
  }

  private boolean isTold(String key) {
    return changes.isHeard() && !key.startsWith(OF_S3PROXY);
  }

  private void created(String name, String bucket, String key, String eTag) {
    if (isTold(key)) {
      var object = blobMetadataIfPresent(bucket, key);
      changes.created(name, bucket, key, object == null ? 0 : object.contentLength(), eTag);
    }
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    boolean wasThere = isTold(request.key()) && blobExists(request.bucket(), request.key());
    DeleteObjectResponse removed = super.removeBlob(request);
    if (wasThere) {
      changes.deleted(request.bucket(), request.key());
    }
    return removed;
  }
}
