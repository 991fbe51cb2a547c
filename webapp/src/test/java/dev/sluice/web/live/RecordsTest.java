package dev.sluice.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** The newest records, out of objects that lie as a consumer's tiles do. */
class RecordsTest {

  private static final String FOLDER = "enriched/app/stream-1/dt=2026-03-01/hr=10/";
  private static final String LINE =
      "{\"host\":\"203.0.113.9\",\"datetime\":\"01/Mar/2026:10:00:0%d +0000\",\"request\":\"GET /p?token=secret"
          + " HTTP/1.1\",\"response\":\"200\",\"agent\":\"Mozilla\",\"city\":\"Paris\",\"country\":\"%s\","
          + "\"browser\":\"Chrome\",\"device_type\":\"desktop\"}\n";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final WebStack stack = WebStack.create();
  private WebApplication pages;
  private Visitor visitor;

  @BeforeEach
  void serve() {
    pages =
        stack.serve(
            Map.of("PIPELINE_BUCKET", stack.outputBucket(), "PIPELINE_PREFIX", "enriched/app/"),
            (InstantSource) now::get);
    visitor = new Visitor(pages.url());
  }

  @AfterEach
  void close() {
    pages.close();
    stack.clients().close();
  }

  private JsonNode look() {
    now.updateAndGet(before -> before.plus(RecordsEndpoint.INTERVAL));
    return visitor.json("/api/live/records");
  }

  private void put(String key, byte[] content) {
    stack
        .clients()
        .s3()
        .putObject(
            put -> put.bucket(stack.outputBucket()).key(key), RequestBody.fromBytes(content));
  }

  private static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String line(int second, String country) {
    return LINE.formatted(second, country);
  }

  @Test
  void showsTheLastLinesNewestFirstWithoutPersonalData() {
    put(
        FOLDER + "shard-0/TRIM_HORIZON.ndjson.gz",
        gzip(line(1, "France") + line(2, "Japan") + line(3, "France")));
    put("enriched/app/rejects/stream-1/dt=2026-03-01/hr=10/shard-0/9.ndjson.gz", gzip("{}\n"));
    JsonNode recent = look();
    assertThat(recent.get("output").asText()).isEqualTo("found");
    assertThat(recent.get("lines").asInt()).isEqualTo(3);
    assertThat(recent.get("countries").toString()).isEqualTo("[[\"France\",2],[\"Japan\",1]]");
    assertThat(recent.get("records").get(0).toString())
        .isEqualTo(
            "{\"time\":\"01/Mar/2026:10:00:03 +0000\",\"country\":\"France\",\"city\":\"Paris\","
                + "\"request\":\"GET /p\",\"status\":\"200\",\"browser\":\"Chrome\",\"device\":\"desktop\"}");
    assertThat(recent.toString()).doesNotContain("203.0.113.9", "secret", "Mozilla");
  }

  @Test
  void findsTheNewestOfSeveralShardsAndHoursLookByLook() {
    put(FOLDER + "shard-0/TRIM_HORIZON.ndjson.gz", gzip(line(1, "France")));
    assertThat(look().at("/countries/0/0").asText()).isEqualTo("France");
    String later = FOLDER.replace("hr=10", "hr=11");
    put(later + "shard-1/0002.ndjson.gz", gzip(line(2, "Japan")));
    assertThat(look().at("/countries/0/0").asText()).isEqualTo("Japan");
    put(later + "shard-1/0003.ndjson.gz", gzip(line(3, "Chile")));
    assertThat(look().at("/countries/0/0").asText()).isEqualTo("Chile");
    put(later + "shard-0/0004.ndjson.gz", gzip(line(4, "Peru")));
    put("enriched/other/stream-1/dt=2026-03-01/hr=12/shard-0/9.ndjson.gz", gzip(line(5, "Mars")));
    assertThat(look().at("/countries/0/0").asText()).isIn("Chile", "Peru");
  }

  @Test
  void readsTheOtherProfileToo() {
    put(
        FOLDER + "shard-0/0001.ndjson.gz",
        gzip(
            "{\"@timestamp\":\"2026-03-01T10:00:00Z\",\"source\":{\"geo\":{\"country_name\":\"Chile\"}},"
                + "\"http\":{\"response\":{\"status_code\":404}},\"url\":{\"path\":\"/x\"},"
                + "\"user_agent\":{\"name\":\"Safari\"}}\n"));
    JsonNode record = look().at("/records/0");
    assertThat(record.get("country").asText()).isEqualTo("Chile");
    assertThat(record.get("status").asText()).isEqualTo("404");
    assertThat(record.get("request").asText()).isEqualTo("/x");
  }

  @Test
  void copesWithEmptyCutAndForeignObjects() {
    assertThat(look().get("output").asText()).isEqualTo("empty");
    put(FOLDER + "shard-0/0001.ndjson.gz", new byte[0]);
    assertThat(look().get("lines").asInt()).isZero();
    put(FOLDER + "shard-1/readme.txt", new byte[] {1});
    byte[] whole = gzip(line(1, "France").repeat(2_000));
    put(FOLDER + "shard-2/TRIM_HORIZON.ndjson.gz", Arrays.copyOf(whole, whole.length - 20));
    assertThat(look().get("output").asText()).isEqualTo("found");
  }

  @Test
  void keepsTheEndOfALongTileOnly() throws IOException {
    String text = line(1, "France").repeat(5_000) + line(2, "Japan");
    var lines = TileTail.lines(new ByteArrayInputStream(gzip(text)));
    assertThat(lines).hasSizeLessThan(5_000).hasSizeGreaterThan(500);
    assertThat(lines.get(0)).isEqualTo(line(1, "France").strip());
    assertThat(lines.get(lines.size() - 1)).isEqualTo(line(2, "Japan").strip());
  }

  @Test
  void givesWholeLinesOfWhatIsCutOrNoGzip() throws IOException {
    byte[] whole = gzip(line(1, "France").repeat(3));
    for (int length = 0; length <= whole.length; length++) {
      assertThat(TileTail.lines(new ByteArrayInputStream(whole, 0, length)))
          .allMatch(line -> line.equals(line(1, "France").strip()));
    }
    assertThat(TileTail.lines(new ByteArrayInputStream(new byte[100]))).isEmpty();
    assertThat(TileTail.lines(new ByteArrayInputStream(gzip("x".repeat(1_000_000))))).isEmpty();
  }
}
