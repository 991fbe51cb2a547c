package dev.sluice.invocation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.invocation.InvocationLine.Figure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One JSON line for each invocation of an execution environment: for people and for Logs Insights;
 * with a namespace it is a document of the embedded metric format too, so that metrics cost no
 * call.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class InvocationLog {
  private static final String DIMENSION = "function";

  private final JsonFactory json = new JsonFactory();
  private final Consumer<String> lines;
  private final String function;
  private final Optional<String> namespace;
  private final AtomicBoolean cold = new AtomicBoolean(true);

  /**
   * @param lines takes each line, without line end
   * @param function name of the function, the one dimension of its metrics
   * @param namespace of the metrics; empty for none
   */
  public InvocationLog(Consumer<String> lines, String function, Optional<String> namespace) {
    this.lines = lines;
    this.function = function;
    this.namespace = namespace;
  }

  /** Writes the line of an invocation that has ended. */
  public void write(InvocationLine invocation) {
    var line = new StringWriter();
    try (JsonGenerator object = json.createGenerator(line)) {
      write(invocation, object);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    lines.accept(line.toString());
  }

  private void write(InvocationLine invocation, JsonGenerator object) throws IOException {
    Map<String, Figure> figures = figures(invocation);
    object.writeStartObject();
    object.writeStringField("timestamp", invocation.timestamp().toString());
    object.writeStringField("level", level(invocation));
    object.writeStringField("request_id", invocation.requestId());
    object.writeStringField("event_type", invocation.eventType());
    object.writeStringField(DIMENSION, function);
    object.writeBooleanField("cold_start", cold.getAndSet(false));
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      object.writeNumberField(figure.getKey(), figure.getValue().value());
    }
    for (Map.Entry<String, Map<String, Long>> reasons : invocation.reasons().entrySet()) {
      object.writeObjectFieldStart(reasons.getKey());
      for (Map.Entry<String, Long> reason : reasons.getValue().entrySet()) {
        object.writeNumberField(reason.getKey(), reason.getValue());
      }
      object.writeEndObject();
    }
    for (Map.Entry<String, String> text : invocation.texts().entrySet()) {
      object.writeStringField(text.getKey(), text.getValue());
    }
    if (invocation.failure() != null) {
      // The class alone: a message may quote a record.
      object.writeStringField("error", invocation.failure().getClass().getName());
    }
    if (namespace.isPresent()) {
      writeDirective(invocation, figures, object);
    }
    object.writeEndObject();
  }

  private static String level(InvocationLine invocation) {
    if (invocation.failure() != null) {
      return "ERROR";
    }
    return invocation.failed() > 0 ? "WARN" : "INFO";
  }

  private static Map<String, Figure> figures(InvocationLine invocation) {
    var figures = new LinkedHashMap<String, Figure>();
    figures.put("duration_ms", new Figure(invocation.duration().toMillis(), "Milliseconds"));
    figures.put("records_processed", Figure.count(invocation.processed()));
    figures.put("records_failed", Figure.count(invocation.failed()));
    figures.putAll(invocation.figures());
    return figures;
  }

  private void writeDirective(
      InvocationLine invocation, Map<String, Figure> figures, JsonGenerator object)
      throws IOException {
    object.writeObjectFieldStart("_aws");
    object.writeNumberField("Timestamp", invocation.timestamp().toEpochMilli());
    object.writeArrayFieldStart("CloudWatchMetrics");
    object.writeStartObject();
    object.writeStringField("Namespace", namespace.orElseThrow());
    object.writeArrayFieldStart("Dimensions");
    object.writeStartArray();
    object.writeString(DIMENSION);
    object.writeEndArray();
    object.writeEndArray();
    object.writeArrayFieldStart("Metrics");
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      writeMetric(figure.getKey(), figure.getValue().unit(), object);
    }
    object.writeEndArray();
    object.writeEndObject();
    object.writeEndArray();
    object.writeEndObject();
  }

  private static void writeMetric(String name, String unit, JsonGenerator object)
      throws IOException {
    object.writeStartObject();
    object.writeStringField("Name", name);
    object.writeStringField("Unit", unit);
    object.writeEndObject();
  }
}
