package dev.sluice.files;

import static dev.sluice.files.FilesFixture.gzip;
import static dev.sluice.files.FilesFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.files.tracing.OpenTelemetryTracing;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans around get, enrich, put and notify, below that of the invocation. */
class TracingTest {
  @Test
  void stepsOfALog() {
    FilesFixture fixture = FilesFixture.create();
    List<SpanData> ended;
    var spans = InMemorySpanExporter.create();
    try (var provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build()) {
      var tracing =
          new OpenTelemetryTracing(OpenTelemetrySdk.builder().setTracerProvider(provider).build());
      FilesHandler handler =
          fixture.handler(fixture.s3, fixture.dynamoDb, fixture.notices(), tracing);
      byte[] whole = gzip(lines(0, 500));
      fixture.invoke(handler, fixture.put("canary.log.gz", Arrays.copyOf(whole, whole.length - 1)));
      ended = spans.getFinishedSpanItems();
    }
    assertThat(ended)
        .extracting(SpanData::getName)
        .containsExactly("get", "enrich", "put", "notify", "files");
    String parent = ended.get(4).getSpanId();
    assertThat(ended.subList(0, 4)).allMatch(span -> span.getParentSpanId().equals(parent));
    assertThat(ended.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(ended.toString()).doesNotContain("192.0.2.");
  }

  @Test
  void withoutAnAgentTheLogSaysSo() {
    FilesFixture fixture = FilesFixture.create();
    FilesHandler handler =
        fixture.handler(
            fixture.s3, fixture.dynamoDb, fixture.notices(), OpenTelemetryTracing.global());
    fixture.invoke(handler, fixture.put("a.bin", "x"));
    assertThat(fixture.log).anyMatch(line -> line.contains("no agent has set OpenTelemetry up"));
  }
}
