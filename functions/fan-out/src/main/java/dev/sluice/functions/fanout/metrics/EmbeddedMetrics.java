package dev.sluice.functions.fanout.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.fanout.MinuteMetric;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes counts as lines of the log that CloudWatch makes metrics of, each value a line: a document
 * has one value for a dimension. Values of the same minute add up there, as the statistic Sum.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
final class EmbeddedMetrics {
  private final JsonFactory json = new JsonFactory();
  private final String namespace;
  private final Consumer<String> lines;

  /**
   * @param lines takes each line, without line end
   */
  EmbeddedMetrics(String namespace, Consumer<String> lines) {
    this.namespace = namespace;
    this.lines = lines;
  }

  void write(MinuteMetric metric) {
    var line = new StringWriter();
    try (JsonGenerator object = json.createGenerator(line)) {
      object.writeStartObject();
      object.writeObjectFieldStart("_aws");
      object.writeNumberField("Timestamp", metric.minute().toEpochMilli());
      object.writeArrayFieldStart("CloudWatchMetrics");
      writeDirective(metric, object);
      object.writeEndArray();
      object.writeEndObject();
      for (Map.Entry<String, String> dimension : metric.dimensions().entrySet()) {
        object.writeStringField(dimension.getKey(), dimension.getValue());
      }
      object.writeNumberField(metric.name(), metric.count());
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    lines.accept(line.toString());
  }

  private void writeDirective(MinuteMetric metric, JsonGenerator object) throws IOException {
    object.writeStartObject();
    object.writeStringField("Namespace", namespace);
    object.writeArrayFieldStart("Dimensions");
    object.writeStartArray();
    for (String name : metric.dimensions().keySet()) {
      object.writeString(name);
    }
    object.writeEndArray();
    object.writeEndArray();
    object.writeArrayFieldStart("Metrics");
    object.writeStartObject();
    object.writeStringField("Name", metric.name());
    object.writeStringField("Unit", "Count");
    object.writeEndObject();
    object.writeEndArray();
    object.writeEndObject();
  }
}
