package dev.sluice.jmh.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A bucket with one file of this machine in it; what is put is read to its end and gone. */
final class DiskObjects implements S3Client {
  private final Path file;
  private long bytesPut;

  DiskObjects(Path file) {
    this.file = file;
  }

  /** Bytes of all that was put. */
  synchronized long bytesPut() {
    return bytesPut;
  }

  @Override
  public <R> R getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
    try {
      GetObjectResponse response =
          GetObjectResponse.builder().contentLength(Files.size(file)).build();
      return transformer.transform(
          response, AbortableInputStream.create(Files.newInputStream(file)));
    } catch (Exception e) { // the transformer may throw any
      throw new IllegalStateException(e);
    }
  }

  private synchronized void take(RequestBody body) {
    try (InputStream content = body.contentStreamProvider().newStream()) {
      bytesPut += content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    take(body);
    return PutObjectResponse.builder().build();
  }

  @Override
  public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
    return CreateMultipartUploadResponse.builder().uploadId("upload").build();
  }

  @Override
  public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
    take(body);
    return UploadPartResponse.builder().eTag("part").build();
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      CompleteMultipartUploadRequest request) {
    return CompleteMultipartUploadResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
