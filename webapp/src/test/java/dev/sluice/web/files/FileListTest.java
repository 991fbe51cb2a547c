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

/**
 * The list of a thousand files; {@code -Dweb.files=10001} takes more of them, and the times that
 * are printed are then those of docs/web.md.
 */
class FileListTest {

  private static final int FILES = Integer.getInteger("web.files", 1_001);

  /** As many of them are looked at by a search. */
  private static final int SEEN = Math.min(FILES, FileSearch.MAX_LOOKED_AT);

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
                                            i % 100 == 0 ? "FAILED" : "DONE",
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
    JsonNode found = visitor.json("/api/files?search=access-0012");
    System.out.printf(
        Locale.ROOT,
        "search among %,d files: %.0f ms%n",
        FILES,
        (System.nanoTime() - started) / 1e6);
    assertThat(names(found)).hasSize(10).startsWith(name(129)).endsWith(name(120));
    assertThat(found.get("found").asInt()).isEqualTo(10);
    assertThat(found.get("lookedAt").asInt()).isEqualTo(SEEN);
    assertThat(found.get("all").asBoolean()).isEqualTo(SEEN == FILES);
  }

  @Test
  void looksAtTheNewestOnlyAndSaysSo() {
    int few = 300;
    var search = new FileSearch(new FileTable(stack.clients().dynamoDb(), stack.table()), few);
    FileSearch.Found found = search.find("ACCESS", FileSearch.Sort.NAME, false);
    assertThat(found.lookedAt()).isEqualTo(few);
    assertThat(found.all()).isFalse();
    assertThat(found.rows()).hasSize(few);
    assertThat(found.rows().get(0).name()).isEqualTo(name(FILES - few));
    assertThat(search.find(name(0), FileSearch.Sort.TIME, true).rows()).isEmpty();
  }

  @Test
  void sortsBySizeNameAndStatePageByPage() {
    JsonNode largest = visitor.json("/api/files?sort=size&limit=3");
    assertThat(largest.get("files").get(0).get("size").asLong()).isEqualTo(FILES - 1);
    assertThat(largest.get("files").get(1).get("size").asLong()).isEqualTo(FILES - 2);
    assertThat(names(visitor.json("/api/files?sort=name&order=asc&limit=2")))
        .containsExactly(name(FILES - SEEN), name(FILES - SEEN + 1));
    JsonNode failed = visitor.json("/api/files?sort=state&order=desc&limit=4");
    int newest = (FILES - 1) / 100 * 100;
    assertThat(names(failed))
        .containsExactly(name(newest), name(newest - 100), name(newest - 200), name(newest - 300));
    JsonNode second =
        visitor.json("/api/files?sort=state&order=desc&limit=4&from=" + failed.get("from").asInt());
    assertThat(names(second)).startsWith(name(newest - 400));
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
