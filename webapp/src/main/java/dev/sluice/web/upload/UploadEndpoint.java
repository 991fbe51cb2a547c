package dev.sluice.web.upload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.http.Endpoint;
import dev.sluice.web.http.Exchange;
import dev.sluice.web.http.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code PUT /api/upload?name=...}: the body of the request, as it is, into the upload bucket. */
public final class UploadEndpoint implements Endpoint {

  /** Uploads at once, each with a part of 8 MiB in memory. */
  static final int MAX_UPLOADS = 8;

  private static final String OTHER_TYPE = "application/octet-stream";

  /** What a browser says of a file; anything else is not worth keeping. */
  private static final Pattern TYPE =
      Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,64}/[a-zA-Z0-9!#$&^_.+-]{1,64}");

  private final S3Upload upload;
  private final NewestUpload newestUpload;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final Semaphore places = new Semaphore(MAX_UPLOADS);

  /** Tells which upload of a name is known to be the newest. */
  @FunctionalInterface
  public interface NewestUpload {

    /** Its identity, which grows with age; empty if there is none, or if nobody can tell. */
    Optional<String> of(String name);
  }

  /**
   * @param newestUpload asked before a file is stored: what comes of it then has a greater identity
   * @param maxBytes of one file
   */
  public UploadEndpoint(
      S3Client s3, String bucket, NewestUpload newestUpload, long maxBytes, LongSupplier nanoTime) {
    this.upload = new S3Upload(s3, bucket);
    this.newestUpload = newestUpload;
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    String name = FileName.checked(exchange.required("name"));
    if (exchange.header("Content-Encoding").isPresent()) {
      throw new RefusedException(415, "A file is sent as it is, without a content encoding.");
    }
    Optional<Long> length = exchange.bodyLength();
    if (length.isPresent() && length.get() > maxBytes) {
      throw UploadBody.tooLarge(maxBytes);
    }
    if (!places.tryAcquire()) {
      exchange.putHeader("Retry-After", "2");
      throw new RefusedException(503, "Too many files are coming at once; try again.");
    }
    StoredUpload stored;
    Optional<String> before;
    try {
      before = newestUpload.of(name);
      var body = new UploadBody(exchange.body(), maxBytes, nanoTime);
      stored = upload.store(name, type(exchange), body);
    } finally {
      places.release();
    }
    exchange.bytes(201, "application/json", json(stored, before));
  }

  private static String type(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .filter(type -> TYPE.matcher(type).matches())
        .orElse(OTHER_TYPE);
  }

  private static byte[] json(StoredUpload stored, Optional<String> before) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", stored.name())
            .put("bytes", stored.bytes())
            .put("eTag", stored.eTag());
    stored.versionId().ifPresent(version -> json.put("version", version));
    before.ifPresent(upload -> json.put("before", upload));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
