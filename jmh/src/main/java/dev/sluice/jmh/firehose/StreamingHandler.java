package dev.sluice.jmh.firehose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * Jackson's streaming parser and generator, {@link Base64}, and GOOD's line in between. A record is
 * answered as soon as it is read, so memory is that of one record and of the two streams' buffers.
 */
final class StreamingHandler implements EventHandler {
  private static final SerializableString RECORDS = new SerializedString("records");
  private static final SerializableString RECORD_ID = new SerializedString("recordId");
  private static final SerializableString RESULT = new SerializedString("result");
  private static final SerializableString DATA = new SerializedString("data");
  private static final SerializableString OK = new SerializedString("Ok");
  private static final SerializableString FAILED = new SerializedString("ProcessingFailed");

  private final JsonFactory json = new JsonFactory();
  private final Pipeline pipeline;
  private final Pipeline.Worker worker;
  private final OutputBuffer line = new OutputBuffer();

  StreamingHandler(Path geoDatabase) {
    pipeline = Implementation.GOOD.open(geoDatabase);
    worker = pipeline.newWorker();
  }

  @Override
  public void handle(InputStream event, OutputStream response) throws IOException {
    try (JsonParser in = json.createParser(event);
        JsonGenerator out = json.createGenerator(response)) {
      out.writeStartObject();
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean records = in.currentName().equals("records");
        in.nextToken();
        if (records) {
          answerRecords(in, out);
        } else {
          in.skipChildren();
        }
      }
      out.writeEndObject();
    }
  }

  private void answerRecords(JsonParser in, JsonGenerator out) throws IOException {
    out.writeFieldName(RECORDS);
    out.writeStartArray();
    while (in.nextToken() == JsonToken.START_OBJECT) {
      String id = null;
      String data = null;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "recordId" -> id = in.getText();
          case "data" -> data = in.getText();
          default -> in.skipChildren();
        }
      }
      answer(id, data, out);
    }
    out.writeEndArray();
  }

  private void answer(String id, String data, JsonGenerator out) throws IOException {
    byte[] payload = Base64.getDecoder().decode(data);
    line.clear();
    boolean enriched = worker.enrich(payload, 0, payload.length, line);
    out.writeStartObject();
    out.writeFieldName(RECORD_ID);
    out.writeString(id);
    out.writeFieldName(RESULT);
    out.writeString(enriched ? OK : FAILED);
    out.writeFieldName(DATA);
    if (enriched) {
      line.append((byte) '\n');
      byte[] text = Base64.getEncoder().encode(Arrays.copyOf(line.array(), line.length()));
      out.writeRawUTF8String(text, 0, text.length); // Base64 needs no escapes
    } else {
      out.writeString(data);
    }
    out.writeEndObject();
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
