package dev.sluice.web.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** One file: what the table and the summary say, and what can be downloaded. */
class FileDetailTest {

  private static final String EVIL = "<script>alert('x')</script> \"é\" +.log";
  private static final String UPLOAD = "0001#v1";

  private final WebStack stack = WebStack.create();
  private WebApplication pages;
  private Visitor visitor;

  @BeforeEach
  void serve() {
    pages = stack.serve();
    visitor = new Visitor(pages.url());
  }

  @AfterEach
  void close() {
    pages.close();
    stack.clients().close();
  }

  private void putObject(String key, String content) {
    stack
        .clients()
        .s3()
        .putObject(
            put -> put.bucket(stack.outputBucket()).key(key), RequestBody.fromString(content));
  }

  private Map<String, Object> done() {
    var more = new HashMap<String, Object>();
    more.put("State", "DONE");
    more.put("Kind", "log");
    more.put("FileSize", 1_234);
    more.put("ETag", "abc");
    more.put("VersionId", "v1");
    more.put("Lines", 10);
    more.put("Enriched", 7);
    more.put("EnrichedWithWarnings", 1);
    more.put("Dropped", 1);
    more.put("Rejected", 2);
    more.put("ProcessingMillis", 420);
    more.put("OutputBucket", stack.outputBucket());
    more.put("OutputKey", "out/1");
    more.put("RejectsKey", "out/1-rejects");
    more.put("SummaryKey", "out/1-summary");
    return more;
  }

  private static String file(String name) {
    return "/api/file?name=" + Visitor.encoded(name);
  }

  private static String download(String name, String what) {
    return "/api/download?name=" + Visitor.encoded(name) + "&upload=0001%23v1&what=" + what;
  }

  @Test
  void tellsWhatIsKnownOfTheNewestUploadAndOfThoseBefore() {
    stack.putItem(EVIL, UPLOAD, "2026-03-01T10:00:00Z", done());
    stack.putItem(
        EVIL,
        "0002#v2",
        "2026-03-01T11:00:00Z",
        Map.of("State", "FAILED", "Error", "gzip breaks off at byte 17 <b>"));
    HttpResponse<String> answer = visitor.get(file(EVIL));
    JsonNode newest = Visitor.json(answer);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/json;charset=utf-8");
    assertThat(newest.at("/file/name").asText()).isEqualTo(EVIL);
    assertThat(newest.at("/file/state").asText()).isEqualTo("FAILED");
    assertThat(newest.at("/file/error").asText()).isEqualTo("gzip breaks off at byte 17 <b>");
    assertThat(newest.at("/file/hasOutput").asBoolean()).isFalse();
    assertThat(newest.get("history")).hasSize(2);

    JsonNode first = visitor.json(file(EVIL) + "&upload=0001%23v1");
    assertThat(first.at("/file/state").asText()).isEqualTo("DONE");
    assertThat(first.at("/file/lines").asLong()).isEqualTo(10);
    assertThat(first.at("/file/enriched").asLong()).isEqualTo(7);
    assertThat(first.at("/file/enrichedWithWarnings").asLong()).isEqualTo(1);
    assertThat(first.at("/file/dropped").asLong()).isEqualTo(1);
    assertThat(first.at("/file/rejected").asLong()).isEqualTo(2);
    assertThat(first.at("/file/size").asLong()).isEqualTo(1_234);
    assertThat(first.at("/file/hasRejects").asBoolean()).isTrue();
  }

  @Test
  void givesTheSummaryInTheFormThatThePageExpects() {
    stack.putItem("a.log", UPLOAD, "2026-03-01T10:00:00Z", done());
    putObject(
        "out/1-summary",
        """
        {"lines":8,"countries":[["FR",5],["<img onerror=x>",2],["bad"],"no pair",[3,4]],
         "browsers":[["Chrome",-5]],"devices":{"not":"a list"},"pages":[],"statuses":[["200",8]],
         "other":{"countries":1},"surprise":"left out",
         "times":{"from":"2026-03-01T10:00:00Z","step_seconds":60,"counts":[1,2,"x",4]}}""");
    JsonNode summary = visitor.json(file("a.log")).get("summary");
    assertThat(summary.toString())
        .isEqualTo(
            "{\"countries\":[[\"FR\",5],[\"<img onerror=x>\",2]],\"browsers\":[[\"Chrome\",0]],"
                + "\"statuses\":[[\"200\",8]],\"pages\":[],\"devices\":[],"
                + "\"other\":{\"countries\":1,\"browsers\":0,\"statuses\":0,\"pages\":0,\"devices\":0},"
                + "\"times\":{\"from\":\"2026-03-01T10:00:00Z\",\"stepSeconds\":60,\"counts\":[1,2,0,4]}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[1,2]", "{\"times\":{\"from\":7}}", "null"})
  void doesWithoutASummaryThatCannotBeRead(String content) {
    stack.putItem("a.log", UPLOAD, "2026-03-01T10:00:00Z", done());
    putObject("out/1-summary", content);
    assertThat(visitor.json(file("a.log")).at("/file/state").asText()).isEqualTo("DONE");
  }

  @Test
  void doesWithoutASummaryThatIsGone() {
    stack.putItem("a.log", UPLOAD, "2026-03-01T10:00:00Z", done());
    JsonNode answer = visitor.json(file("a.log"));
    assertThat(answer.has("summary")).isFalse();
    assertThat(answer.at("/file/state").asText()).isEqualTo("DONE");
  }

  @Test
  void doesWithoutAttributesThatAreMissingOrOdd() {
    stack.putItem("a.bin", "0001", "2026-03-01T10:00:00Z", Map.of("FileSize", "text", "State", 5));
    JsonNode item = visitor.json(file("a.bin")).get("file");
    assertThat(item.has("size")).isFalse();
    assertThat(item.has("state")).isFalse();
  }

  @Test
  void givesTheOutputAsAnAttachmentWithASafeName() {
    stack.putItem(EVIL, UPLOAD, "2026-03-01T10:00:00Z", done());
    putObject("out/1", "enriched lines");
    putObject("out/1-rejects", "rejects");
    HttpResponse<byte[]> output = visitor.download(download(EVIL, "output"));
    assertThat(output.statusCode()).isEqualTo(200);
    assertThat(new String(output.body())).isEqualTo("enriched lines");
    assertThat(output.headers().map())
        .containsEntry("Content-Type", List.of("application/gzip"))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Content-Length", List.of("14"))
        .containsEntry(
            "Content-Disposition",
            List.of(
                "attachment; filename=\"<script>alert('x')<_script> ___ +.log.enriched.ndjson.gz\";"
                    + " filename*=UTF-8''%3Cscript%3Ealert%28%27x%27%29%3C%2Fscript%3E%20%22%C3%A9%22%20+.log"
                    + ".enriched.ndjson.gz"));
    assertThat(new String(visitor.download(download(EVIL, "rejects")).body())).isEqualTo("rejects");
  }

  @Test
  void givesNothingThatIsNotThere() {
    stack.putItem("a.log", UPLOAD, "2026-03-01T10:00:00Z", done());
    stack.putItem("b.txt", UPLOAD, "2026-03-01T10:00:00Z", Map.of("State", "DONE"));
    Map<String, Object> elsewhere = done();
    elsewhere.put("OutputBucket", "another");
    stack.putItem("c.log", UPLOAD, "2026-03-01T10:00:00Z", elsewhere);
    assertThat(visitor.get(download("a.log", "output")).statusCode()).isEqualTo(404);
    assertThat(visitor.get(download("b.txt", "output")).statusCode()).isEqualTo(404);
    assertThat(visitor.get(download("c.log", "output")).body()).contains("another bucket");
    assertThat(visitor.get(download("a.log", "summary")).statusCode()).isEqualTo(400);
    assertThat(visitor.get(download("unknown", "output")).statusCode()).isEqualTo(404);
    assertThat(visitor.get(file("unknown")).statusCode()).isEqualTo(404);
    assertThat(visitor.get(file("x".repeat(3_000))).statusCode()).isEqualTo(404);
    assertThat(visitor.get(file("a.log") + "&upload=unknown").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/api/file").statusCode()).isEqualTo(400);
  }
}
