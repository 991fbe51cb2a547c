package dev.sluice.web.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.http.Endpoint;
import dev.sluice.web.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** {@code GET /api/live}: the consumer's figures, or that there is none. */
public final class LiveEndpoint implements Endpoint {

  private static final int MAX_SHARDS = 50;

  private final Optional<ConsumerWatch> watch;

  /**
   * @param consumer empty if none is configured
   */
  public LiveEndpoint(Optional<URI> consumer, InstantSource clock, LongSupplier nanoTime) {
    watch = consumer.map(address -> new ConsumerWatch(address, clock, nanoTime));
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (watch.isEmpty()) {
      json.put("consumer", "none");
    } else {
      write(watch.get().look(), json);
    }
    exchange.text(200, "application/json", json.toString());
  }

  private static void write(ConsumerWatch.View view, ObjectNode json) {
    json.put("consumer", view.figures().isPresent() ? "running" : "unreachable");
    json.put("problem", view.problem());
    view.figures().ifPresent(figures -> write(figures, view, json));
  }

  private static void write(ConsumerFigures figures, ConsumerWatch.View view, ObjectNode json) {
    json.put("healthy", view.healthy());
    json.put("lines", figures.lines());
    view.perSecond().ifPresent(rate -> json.put("perSecond", rate));
    json.put("windowSeconds", ConsumerWatch.RATE_WINDOW.toSeconds());
    figures.lagMillis().ifPresent(millis -> json.put("lagMillis", millis));
    figures.oldestMillis().ifPresent(millis -> json.put("oldestMillis", millis));
    json.put("tiles", figures.tiles()).put("bytes", figures.bytes());
    json.set("outcomes", pairs(figures.outcomes()));
    json.set("rejected", pairs(figures.rejected()));
    json.set("dropped", pairs(figures.dropped()));
    ArrayNode caches = json.putArray("caches");
    figures
        .caches()
        .forEach(
            (name, cache) ->
                caches
                    .addObject()
                    .put("name", name)
                    .put("hits", cache.hits())
                    .put("misses", cache.misses()));
    json.put("shardCount", figures.shards().size());
    ArrayNode shards = json.putArray("shards");
    figures.shards().entrySet().stream()
        .limit(MAX_SHARDS)
        .forEach(
            entry ->
                shards
                    .addObject()
                    .put("shard", entry.getKey())
                    .put("lagMillis", entry.getValue().lagMillis())
                    .put("oldestMillis", entry.getValue().oldestMillis()));
    ArrayNode marks = json.putArray("marks");
    view.marks().forEach(mark -> marks.addArray().add(mark.epochMillis()).add(mark.lines()));
  }

  private static ArrayNode pairs(Map<String, Long> counts) {
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
    counts.forEach((name, count) -> pairs.addArray().add(name).add(count));
    return pairs;
  }
}
