package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A small Firehose transformation over the enricher, one line a record, to be packaged by a test.
 * With LOSE_RECORDS set it forgets the last record of each batch.
 */
public final class EnrichingHandler {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BatchEnricher lines;

  public EnrichingHandler() throws IOException {
    var settings =
        EnricherSettings.defaults()
            .withGeoIpDatabase(Path.of(System.getenv("GEOIP_CITY_DATABASE")));
    lines = new BatchEnricher(Enricher.open(settings, new SimpleMeterRegistry()).newLineEnricher());
  }

  public void handleRequest(InputStream event, OutputStream response) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    var records = answer.putArray("records");
    for (JsonNode record : JSON.readTree(event).get("records")) {
      ObjectNode result = records.addObject().put("recordId", record.get("recordId").textValue());
      result.put("result", "ProcessingFailed").set("data", record.get("data"));
      byte[] line = record.get("data").binaryValue();
      lines.enrich(line, 0, line.length, new Into(result));
    }
    if (System.getenv("LOSE_RECORDS") != null) {
      records.remove(records.size() - 1);
    }
    response.write(JSON.writeValueAsBytes(answer));
  }

  private record Into(ObjectNode result) implements BatchEnricher.Sink {
    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      var data = new ByteArrayOutputStream();
      data.write(json.array(), 0, json.length());
      data.write('\n');
      result.put("result", "Ok").put("data", data.toByteArray());
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      result.put("result", "Dropped");
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      // failed, with its original bytes, is what the result says already
    }
  }
}
