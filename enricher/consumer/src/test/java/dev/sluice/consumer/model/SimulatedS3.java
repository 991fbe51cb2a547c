package dev.sluice.consumer.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket. A write is stored and answered; stored without an answer; never stored; stored later
 * than its caller waits; or refused with 409, 500 or 503. Reads fail too. Actors may be held up
 * before a call takes effect and before its answer.
 */
final class SimulatedS3 implements S3Client {
  private static final SdkException TIMEOUT = ApiCallAttemptTimeoutException.create(2_000);
  private static final SdkException EXISTS = status(412);
  private static final SdkException MISSING = status(404);
  private static final SdkException[] REFUSALS = {status(409), status(500), status(503)};

  /** What stands under a key. */
  record Stored(byte[] bytes, Map<String, String> metadata) {}

  /**
   * A write on its way.
   *
   * @param ifAbsent with {@code If-None-Match: *}
   */
  record Put(String key, Stored object, boolean ifAbsent) {}

  final Map<String, Stored> objects = new HashMap<>();
  private final List<Put> late = new ArrayList<>();
  private final World world;
  private final Oracle oracle;

  SimulatedS3(World world, Oracle oracle) {
    this.world = world;
    this.oracle = oracle;
  }

  private static SdkException status(int status) {
    return (SdkException)
        S3Exception.builder().statusCode(status).message("status " + status).build();
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    var put =
        new Put(
            request.key(),
            new Stored(bytes(body), request.metadata()),
            "*".equals(request.ifNoneMatch()));
    oracle.sent(put);
    begin();
    if (world.storeFails()) {
      switch (world.random().nextInt(4)) {
        case 0 -> {
          trace("is refused", put.key());
          throw REFUSALS[world.random().nextInt(REFUSALS.length)];
        }
        case 1 -> {
          trace("times out and never arrives", put.key());
          throw TIMEOUT;
        }
        case 2 -> {
          trace("times out and is late", put.key());
          late.add(put);
          throw TIMEOUT;
        }
        default -> {
          trace("times out and has arrived", put.key());
          arrive(put);
          throw TIMEOUT;
        }
      }
    }
    boolean stored = arrive(put);
    end();
    if (!stored) {
      throw EXISTS;
    }
    return PutObjectResponse.builder().build();
  }

  private boolean arrive(Put put) {
    Stored before = objects.get(put.key());
    if (put.ifAbsent() && before != null) {
      world.trace(() -> "  PUT " + name(put.key()) + " meets 412");
      return false;
    }
    world.trace(() -> "  PUT " + name(put.key()) + " is stored");
    oracle.stored(put, before);
    objects.put(put.key(), put.object());
    return true;
  }

  boolean hasLate() {
    return !late.isEmpty();
  }

  /** A write arrives that its caller has given up. */
  void deliverLate() {
    arrive(late.remove(world.random().nextInt(late.size())));
  }

  private static byte[] bytes(RequestBody body) {
    try (var in = body.contentStreamProvider().newStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    beginRead(request.key());
    Stored found = objects.get(request.key());
    end();
    if (found == null) {
      throw MISSING;
    }
    return HeadObjectResponse.builder().metadata(found.metadata()).build();
  }

  @Override
  public ResponseBytes<GetObjectResponse> getObjectAsBytes(GetObjectRequest request) {
    beginRead(request.key());
    Stored found = objects.get(request.key());
    end();
    if (found == null) {
      throw MISSING;
    }
    return ResponseBytes.fromByteArray(GetObjectResponse.builder().build(), found.bytes());
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    beginRead(request.key());
    world.trace(() -> "  DELETE " + name(request.key()));
    oracle.deleted(request.key());
    objects.remove(request.key());
    end();
    return DeleteObjectResponse.builder().build();
  }

  private void beginRead(String key) {
    begin();
    if (world.storeFails()) {
      trace("is not read", key);
      throw world.random().nextBoolean() ? TIMEOUT : REFUSALS[2];
    }
  }

  private void begin() {
    world.maybeHoldUp();
    if (Thread.interrupted()) {
      throw AbortedException.create("interrupted");
    }
  }

  private void end() {
    world.maybeHoldUp();
  }

  private void trace(String what, String key) {
    world.trace(() -> "  " + name(key) + ' ' + what);
  }

  /** Shard and the last part of a key. */
  static String name(String key) {
    int file = key.lastIndexOf('/');
    int folder = key.lastIndexOf('/', file - 1);
    return (key.contains("/rejects/") ? "rejects " : "") + key.substring(folder + 1);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
