package dev.sluice.files.summary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A summary as JSON; docs/files.md describes it. */
public final class SummaryDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private SummaryDocument() {}

  /** One object, a few kilobytes at most: {@value NameCounts#MAX_NAME_BYTES} bytes a name. */
  public static byte[] of(LineSummary summary) {
    var bytes = new ByteArrayOutputStream();
    var kinds = new LinkedHashMap<String, NameCounts>();
    kinds.put("countries", summary.countries());
    kinds.put("browsers", summary.browsers());
    kinds.put("devices", summary.devices());
    kinds.put("pages", summary.pages());
    kinds.put("statuses", summary.statuses());
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("lines", summary.lines());
      for (Map.Entry<String, NameCounts> kind : kinds.entrySet()) {
        writeTop(kind.getKey(), kind.getValue(), out);
      }
      out.writeObjectFieldStart("other");
      for (Map.Entry<String, NameCounts> kind : kinds.entrySet()) {
        out.writeNumberField(kind.getKey(), kind.getValue().beyond(LineSummary.TOP));
      }
      out.writeNumberField("times", summary.times().outside());
      out.writeEndObject();
      writeTimes(summary.times(), out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return bytes.toByteArray();
  }

  private static void writeTop(String kind, NameCounts names, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(kind);
    for (NameCounts.Count count : names.top(LineSummary.TOP)) {
      out.writeStartArray();
      out.writeString(count.name());
      out.writeNumber(count.lines());
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  private static void writeTimes(TimeCounts times, JsonGenerator out) throws IOException {
    long[] counts = times.counts();
    out.writeObjectFieldStart("times");
    if (counts.length > 0) {
      out.writeStringField("from", Instant.ofEpochSecond(times.firstSeconds()).toString());
    }
    out.writeNumberField("step_seconds", times.stepSeconds());
    out.writeFieldName("counts");
    out.writeArray(counts, 0, counts.length);
    out.writeEndObject();
  }
}
