package dev.sluice.web.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.http.Endpoint;
import dev.sluice.web.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code GET /api/live/records}: the last lines of the newest tile, looked for now and then. */
public final class RecordsEndpoint implements Endpoint {

  /** Least time between two looks into S3, however many pages are open. */
  static final Duration INTERVAL = Duration.ofSeconds(3);

  private final S3Client s3;
  private final Optional<String> bucket;
  private final NewestTile tiles;
  private final InstantSource clock;
  private long lookedAtMillis = Long.MIN_VALUE;
  private String shownKey = "";
  private ObjectNode shown;

  private RecordsEndpoint(
      S3Client s3, Optional<String> bucket, NewestTile tiles, InstantSource clock) {
    this.s3 = s3;
    this.bucket = bucket;
    this.tiles = tiles;
    this.clock = clock;
  }

  /** Where no output is configured. */
  public static RecordsEndpoint none(InstantSource clock) {
    return new RecordsEndpoint(null, Optional.empty(), null, clock);
  }

  /**
   * Looks into a folder.
   *
   * @param prefix folder of an application, without a slash at its end
   */
  public static RecordsEndpoint of(S3Client s3, String bucket, String prefix, InstantSource clock) {
    return new RecordsEndpoint(s3, Optional.of(bucket), new NewestTile(s3, bucket, prefix), clock);
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    exchange.text(200, "application/json", look().toString());
  }

  private synchronized ObjectNode look() throws IOException {
    if (bucket.isEmpty()) {
      return JsonNodeFactory.instance.objectNode().put("output", "none");
    }
    long now = clock.millis();
    if (shown == null || now - lookedAtMillis >= INTERVAL.toMillis() || now < lookedAtMillis) {
      Optional<NewestTile.Tile> newest = tiles.find();
      if (newest.isEmpty()) {
        shown = JsonNodeFactory.instance.objectNode().put("output", "empty");
      } else if (!newest.get().key().equals(shownKey)) {
        shown = read(newest.get());
        shownKey = newest.get().key();
      }
      lookedAtMillis = clock.millis();
    }
    return shown;
  }

  private ObjectNode read(NewestTile.Tile tile) throws IOException {
    return RecentRecords.json(lines(tile))
        .put("output", "found")
        .put("committed", tile.committed().toString());
  }

  private List<String> lines(NewestTile.Tile tile) throws IOException {
    if (tile.bytes() == 0) {
      return List.of(); // no line of it survived; a range of nothing is an error
    }
    try (InputStream object =
        s3.getObject(
            get ->
                get.bucket(bucket.orElseThrow())
                    .key(tile.key())
                    .range("bytes=0-" + (TileTail.MAX_COMPRESSED_BYTES - 1)))) {
      return TileTail.lines(object);
    }
  }
}
