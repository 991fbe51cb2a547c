package dev.sluice.web.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.http.Endpoint;
import dev.sluice.web.http.Exchange;
import dev.sluice.web.http.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/file?name=...[&upload=...]}: one file, by default its newest upload, with the
 * uploads of its name and its summary.
 */
public final class FileEndpoint implements Endpoint {

  /** Uploads of one name that are shown. */
  static final int MAX_HISTORY = 50;

  private final FileTable table;
  private final OutputBucket output;

  public FileEndpoint(FileTable table, OutputBucket output) {
    this.table = table;
    this.output = output;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    String name = exchange.required("name");
    List<StoredFile> history = table.history(name, MAX_HISTORY);
    StoredFile file = wanted(name, exchange.parameter("upload"), history);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("file", file.json());
    ArrayNode uploads = json.putArray("history");
    history.forEach(upload -> uploads.add(upload.json()));
    json.put("historyIsCut", history.size() == MAX_HISTORY);
    Summary.of(file, output).ifPresent(summary -> json.set("summary", summary));
    exchange.text(200, "application/json", json.toString());
  }

  private StoredFile wanted(String name, Optional<String> upload, List<StoredFile> history) {
    Optional<StoredFile> found =
        upload.isPresent() ? table.find(name, upload.get()) : history.stream().findFirst();
    return found.orElseThrow(() -> RefusedException.notFound("Nothing is known of this file."));
  }
}
