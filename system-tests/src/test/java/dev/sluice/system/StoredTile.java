package dev.sluice.system;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.consumer.tiles.TileHeader;
import dev.sluice.samples.SyntheticLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A tile as it lies in S3, its rejects included.
 *
 * @param written when S3 took it
 * @param enriched ids of its enriched lines, in their order
 * @param rejected ids of the lines in the rejects object that it names, in their order
 */
record StoredTile(
    String key, Instant written, TileHeader header, List<Long> enriched, List<Long> rejected) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Turns a line of an object into the text that holds the id. */
  private interface LineText {
    String of(String line) throws IOException;
  }

  static StoredTile read(S3Client s3, String bucket, S3Object object) {
    TileHeader header = header(s3, bucket, object.key());
    return new StoredTile(
        object.key(),
        object.lastModified(),
        header,
        ids(s3, bucket, object.key(), line -> line),
        header.rejectsKey().map(key -> ids(s3, bucket, key, StoredTile::raw)).orElse(List.of()));
  }

  static TileHeader header(S3Client s3, String bucket, String key) {
    return TileHeader.fromMetadata(
        key, s3.headObject(head -> head.bucket(bucket).key(key)).metadata());
  }

  private static String raw(String reject) throws IOException {
    return new String(JSON.readTree(reject).path("raw").binaryValue(), StandardCharsets.ISO_8859_1);
  }

  private static List<Long> ids(S3Client s3, String bucket, String key, LineText text) {
    var ids = new ArrayList<Long>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(s3.getObject(get -> get.bucket(bucket).key(key))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ids.add(SyntheticLine.findId(text.of(line)).orElseThrow());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
    return ids;
  }
}
