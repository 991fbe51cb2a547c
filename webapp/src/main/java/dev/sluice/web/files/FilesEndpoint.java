package dev.sluice.web.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.http.Endpoint;
import dev.sluice.web.http.Exchange;
import dev.sluice.web.http.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code GET /api/files}: a page of the list. By time it comes out of the index, page by page
 * ({@code after}); with a search or another order out of the newest 10,000 ({@code from}).
 */
public final class FilesEndpoint implements Endpoint {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_SEARCH_CHARS = 200;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final FileTable table;
  private final FileSearch search;

  public FilesEndpoint(FileTable table) {
    this.table = table;
    this.search = new FileSearch(table, FileSearch.MAX_LOOKED_AT);
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    int limit = exchange.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    FileSearch.Sort sort = sort(exchange.parameter("sort").orElse("time"));
    boolean descending = descending(exchange.parameter("order").orElse("desc"));
    String text = exchange.parameter("search").orElse("");
    if (text.length() > MAX_SEARCH_CHARS) {
      throw RefusedException.badRequest("A search has " + MAX_SEARCH_CHARS + " letters at most.");
    }
    ObjectNode json =
        text.isEmpty() && sort == FileSearch.Sort.TIME
            ? byTime(limit, descending, exchange.parameter("after"))
            : found(
                search.find(text, sort, descending),
                exchange.number("from", 0, 0, FileSearch.MAX_LOOKED_AT),
                limit);
    exchange.text(200, "application/json", json.toString());
  }

  private static FileSearch.Sort sort(String name) {
    for (FileSearch.Sort sort : FileSearch.Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(name)) {
        return sort;
      }
    }
    throw RefusedException.badRequest("The list is sorted by time, name, size or state.");
  }

  private static boolean descending(String order) {
    return switch (order) {
      case "desc" -> true;
      case "asc" -> false;
      default -> throw RefusedException.badRequest("The order is asc or desc.");
    };
  }

  private ObjectNode byTime(int limit, boolean descending, Optional<String> after) {
    FileTable.Page page = table.byTime(limit, descending, after.map(Place::key));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("files", files(page.files()));
    page.next().map(Place::text).ifPresent(next -> json.put("after", next));
    return json;
  }

  private static ObjectNode found(FileSearch.Found found, int from, int limit) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    int size = found.rows().size();
    int to = Math.min(size, from + limit);
    ArrayNode files = json.putArray("files");
    for (FileSearch.Row row : found.rows().subList(Math.min(from, size), to)) {
      files.add(JSON.readTree(row.json()));
    }
    if (to < size) {
      json.put("from", to);
    }
    return json.put("found", size).put("lookedAt", found.lookedAt()).put("all", found.all());
  }

  private static ArrayNode files(List<StoredFile> files) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    files.forEach(file -> array.add(file.json()));
    return array;
  }
}
