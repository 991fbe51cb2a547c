package dev.sluice.web.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The list of ten thousand files, as many as a search looks at, and one more. */
class FileListTest {

  private static final int FILES = FileSearch.MAX_LOOKED_AT + 1;
  private static final int BATCH = 25; // of BatchWriteItem
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

  private static WebStack stack;
  private static WebApplication pages;
  private static Visitor visitor;

  @BeforeAll
  static void fill() {
    stack = WebStack.create();
    pages = stack.serve();
    visitor = new Visitor(pages.url());
    IntStream.iterate(0, from -> from < FILES, from -> from + BATCH)
        .parallel()
        .forEach(FileListTest::write);
  }

  @AfterAll
  static void close() {
    pages.close();
    stack.clients().close();
  }

  private static void write(int from) {
    List<WriteRequest> items =
        IntStream.range(from, Math.min(FILES, from + BATCH))
            .mapToObj(
                i ->
                    WriteRequest.builder()
                        .putRequest(
                            put ->
                                put.item(
                                    WebStack.item(
                                        name(i),
                                        String.format(Locale.ROOT, "%032d#v", i),
                                        FIRST.plusSeconds(i).toString(),
                                        Map.of(
                                            "State",
                                            i % 1_000 == 0 ? "FAILED" : "DONE",
                                            "FileSize",
                                            (i * 7_919L) % FILES))))
                        .build())
            .toList();
    stack
        .clients()
        .dynamoDb()
        .batchWriteItem(batch -> batch.requestItems(Map.of(stack.table(), items)));
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "Access-%05d.log", i);
  }

  private static List<String> names(JsonNode page) {
    var names = new ArrayList<String>();
    page.get("files").forEach(file -> names.add(file.get("name").asText()));
    return names;
  }

  @Test
  void goesThroughAllOfThemNewestFirst() {
    long started = System.nanoTime();
    JsonNode page = visitor.json("/api/files?limit=50");
    System.out.printf(
        Locale.ROOT,
        "first page of %,d files: %.0f ms%n",
        FILES,
        (System.nanoTime() - started) / 1e6);
    assertThat(names(page)).hasSize(50).startsWith(name(FILES - 1), name(FILES - 2));

    var seen = new ArrayList<String>();
    String path = "/api/files?limit=200";
    String next = path;
    while (next != null) {
      page = visitor.json(next);
      seen.addAll(names(page));
      next = page.has("after") ? path + "&after=" + page.get("after").asText() : null;
    }
    assertThat(seen).hasSize(FILES);
    assertThat(new HashSet<>(seen)).hasSize(FILES);
    assertThat(seen.get(FILES - 1)).isEqualTo(name(0));
    assertThat(names(visitor.json("/api/files?order=asc&limit=2")))
        .containsExactly(name(0), name(1));
  }

  @Test
  void findsByAPartOfTheNameAndSaysHowManyItLookedAt() {
    long started = System.nanoTime();
    JsonNode found = visitor.json("/api/files?search=access-0123");
    System.out.printf(
        Locale.ROOT,
        "search among %,d files: %.0f ms%n",
        FILES,
        (System.nanoTime() - started) / 1e6);
    assertThat(names(found)).hasSize(10).startsWith(name(1_239)).endsWith(name(1_230));
    assertThat(found.get("found").asInt()).isEqualTo(10);
    assertThat(found.get("lookedAt").asInt()).isEqualTo(FileSearch.MAX_LOOKED_AT);
    assertThat(found.get("all").asBoolean()).as("the oldest was not looked at").isFalse();
    assertThat(names(visitor.json("/api/files?search=" + name(0)))).isEmpty();
  }

  @Test
  void sortsBySizeNameAndStatePageByPage() {
    JsonNode largest = visitor.json("/api/files?sort=size&limit=3");
    assertThat(largest.get("files").get(0).get("size").asLong()).isEqualTo(FILES - 1);
    assertThat(largest.get("files").get(1).get("size").asLong()).isEqualTo(FILES - 2);
    assertThat(names(visitor.json("/api/files?sort=name&order=asc&limit=2")))
        .containsExactly(name(1), name(2)); // the oldest is beyond what is looked at
    JsonNode failed = visitor.json("/api/files?sort=state&order=desc&limit=4");
    assertThat(names(failed)).containsExactly(name(10_000), name(9_000), name(8_000), name(7_000));
    JsonNode second =
        visitor.json("/api/files?sort=state&order=desc&limit=4&from=" + failed.get("from").asInt());
    assertThat(names(second)).startsWith(name(6_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=x",
        "sort=colour",
        "order=up",
        "from=-1&search=a",
        "from=99999999999&search=a",
        "after=nonsense",
        "after=e30"
      })
  void refusesWhatMakesNoSense(String query) {
    assertThat(visitor.get("/api/files?" + query).statusCode()).as(query).isEqualTo(400);
  }

  @Test
  void refusesPlacesThatAreNoneOfThisTable() {
    String forged = "{\"FileName\":\"\",\"Upload\":\"x\",\"Listing\":\"other\",\"Listed\":\"\"}";
    String place = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes());
    assertThat(visitor.get("/api/files?after=" + place).statusCode()).isEqualTo(400);
    assertThat(visitor.get("/api/files?search=" + "x".repeat(201)).statusCode()).isEqualTo(400);
  }
}
