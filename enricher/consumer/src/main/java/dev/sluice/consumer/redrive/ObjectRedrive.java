package dev.sluice.consumer.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.consumer.audit.TileKey;
import dev.sluice.consumer.tiles.ForeignObjectException;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileHeader;
import dev.sluice.consumer.tiles.TileKeys;
import dev.sluice.consumer.tiles.TileLines;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Letters out of the rejects objects that commits name. The objects stay, because the books of
 * their commits need them; a marker beside the layout says how many of an object's lines were dealt
 * with. At least once: whoever is killed between a line and the marker sends the line again. Used
 * by one thread.
 */
final class ObjectRedrive {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int NOT_FOUND = 404;
  private static final ObjectMapper JSON = new JsonMapper();

  private final S3Client s3;
  private final String bucket;
  private final RedriveOptions options;
  private final RedriveBooks books;
  private final Runnable progress;
  private final LetterReader reader;
  private final StreamTarget.Batch<DeadLetter> batch;

  // Of the object being read.
  private long line; // lines seen
  private long begun; // lines dealt with before this run
  private long judged; // lines sent, gathered or left
  private long done; // lines sent or left
  private boolean full; // the limit is reached

  ObjectRedrive(
      S3Client s3,
      String bucket,
      RedriveOptions options,
      StreamTarget target,
      RedriveBooks books,
      Runnable progress) {
    this.s3 = s3;
    this.bucket = bucket;
    this.options = options;
    this.books = books;
    this.progress = progress;
    reader = new LetterReader(options, target, books::left);
    batch = target.new Batch<>();
  }

  /**
   * Puts letters back, object after object in the order of their keys.
   *
   * @param prefix output prefix, or the folder of an application, without a slash at its end
   * @throws StoreException if the stream gave up
   */
  void run(String prefix) {
    for (var object :
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix + '/')).contents()) {
      if (books.sent() >= options.limit()) {
        return;
      }
      TileKey.parse(object.key()).filter(TileKey::rejects).ifPresent(this::takeObject);
    }
  }

  private void takeObject(TileKey key) {
    try {
      if (!isNamedByItsCommit(key)) {
        books.orphanedObject();
        return;
      }
      begun = options.again() ? 0 : readMarker(key);
      line = 0;
      judged = begun;
      done = begun;
      full = false;
      try (InputStream object = s3.getObject(r -> r.bucket(bucket).key(key.key()));
          var in = new GZIPInputStream(new BufferedInputStream(object, BUFFER_BYTES))) {
        TileLines.forEach(in, this::takeLine);
        send();
      } finally {
        batch.clear(); // of an object that broke off
        if (done > begun && !options.dryRun()) {
          writeMarker(key);
        }
      }
      if (begun > 0 && begun == line) {
        books.finishedObject();
      }
    } catch (IOException | ForeignObjectException e) {
      books.unreadableObject();
    }
  }

  private boolean isNamedByItsCommit(TileKey key) {
    try {
      String commit = key.commitOfRejects();
      TileHeader header =
          TileHeader.fromMetadata(
              commit, s3.headObject(r -> r.bucket(bucket).key(commit)).metadata());
      return header.rejectsKey().equals(Optional.of(key.key()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private void takeLine(byte[] document) {
    line++;
    full |= books.sent() + batch.size() >= options.limit();
    if (line <= begun || full) {
      return;
    }
    DeadLetter letter = reader.read(document);
    if (letter != null && !batch.add(letter, letter)) {
      send();
      batch.add(letter, letter);
    }
    judged = line;
  }

  /** Sends what has gathered; all lines that were judged are dealt with then. */
  private void send() {
    if (options.dryRun()) {
      books.sent(batch.size());
      batch.clear();
    } else {
      batch.send(letter -> books.sent(1));
    }
    done = judged;
    progress.run();
  }

  private static String marker(TileKey key) {
    return TileKeys.redriven(key.application(), key.streamFolder(), key.shardId(), key.name());
  }

  private long readMarker(TileKey key) throws IOException {
    try {
      JsonNode marker =
          JSON.readTree(
              s3.getObjectAsBytes(r -> r.bucket(bucket).key(marker(key))).asByteArrayUnsafe());
      return marker.path("lines").asLong();
    } catch (NoSuchKeyException e) {
      return 0;
    }
  }

  private void writeMarker(TileKey key) {
    s3.putObject(
        r -> r.bucket(bucket).key(marker(key)).contentType("application/json"),
        RequestBody.fromString("{\"lines\":" + done + "}\n"));
  }
}
