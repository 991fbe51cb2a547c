package dev.sluice.jmh.firehose;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Event and response as objects, which databind reads and writes, Base64 included. */
final class DatabindHandler implements EventHandler {
  private final ObjectMapper mapper =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final Pipeline pipeline;
  private final Pipeline.Worker worker;

  /** What of an event matters. */
  record Event(List<Incoming> records) {}

  /** A record that Firehose sends. */
  record Incoming(String recordId, byte[] data) {}

  /** What is answered. */
  record Response(List<Answered> records) {}

  /** The answer to a record. */
  record Answered(String recordId, String result, byte[] data) {}

  /**
   * @param pipeline closed with the handler
   */
  DatabindHandler(Pipeline pipeline) {
    this.pipeline = pipeline;
    worker = pipeline.newWorker();
  }

  @Override
  public void handle(InputStream event, OutputStream response) throws IOException {
    Event incoming = mapper.readValue(event, Event.class);
    var answers = new ArrayList<Answered>(incoming.records().size());
    for (Incoming each : incoming.records()) {
      answers.add(answer(each));
    }
    mapper.writeValue(response, new Response(answers));
  }

  private Answered answer(Incoming incoming) {
    var line = new OutputBuffer();
    if (!worker.enrich(incoming.data(), 0, incoming.data().length, line)) {
      return new Answered(incoming.recordId(), "ProcessingFailed", incoming.data());
    }
    line.append((byte) '\n');
    return new Answered(incoming.recordId(), "Ok", Arrays.copyOf(line.array(), line.length()));
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
