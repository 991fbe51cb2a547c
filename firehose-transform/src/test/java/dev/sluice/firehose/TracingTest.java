package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.Settings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.tracing.OpenTelemetryTracing;
import dev.sluice.firehose.tracing.Tracing;
import dev.sluice.lookups.database.DatabaseFetch;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracingTest {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();
  private final Tracing tracing = new OpenTelemetryTracing(sdk);

  @TempDir Path folder;

  /** Takes every record but the last. */
  private static final Overflow ALL_BUT_THE_LAST =
      new Overflow() {
        @Override
        public boolean accepts(FirehoseEvent event) {
          return true;
        }

        @Override
        public BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis) {
          var taken = new BitSet();
          taken.set(from, to - 1);
          return taken;
        }
      };

  private static final class TestClock extends Clock {
    private final AtomicReference<Instant> now;

    TestClock(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @AfterEach
  void close() {
    sdk.close();
  }

  private SpanData span(String name) {
    List<SpanData> spans =
        exporter.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals(name))
            .toList();
    assertThat(spans).as(name).hasSize(1);
    return spans.get(0);
  }

  private static Long number(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.longKey("sluice." + name));
  }

  private static String text(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  @Test
  void anInvocationIsASpanWithItsTransformationInside() throws IOException {
    try (Function function = Function.with(tracing, Overflow.NONE, DeadLetters.NONE)) {
      assertThat(span("open databases").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
      function.call(new EventText().line(Lines.GOOD).line(Lines.BROKEN).data("7"));
    }
    SpanData invocation = span("firehose transformation");
    assertThat(invocation.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(invocation.getParentSpanContext().isValid()).isFalse();
    assertThat(invocation.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(text(invocation, "faas.invocation_id")).isEqualTo("request");
    assertThat(text(invocation, "faas.trigger")).isEqualTo("other");
    assertThat(invocation.getAttributes().get(AttributeKey.booleanKey("faas.coldstart"))).isTrue();
    assertThat(text(invocation, "sluice.delivery_stream")).isEqualTo("logs");
    assertThat(text(invocation, "sluice.event_type")).isEqualTo("firehose_direct_put");
    SpanData transform = span("transform");
    assertThat(transform.getParentSpanId()).isEqualTo(invocation.getSpanId());
    assertThat(number(transform, "records_processed")).isEqualTo(3);
    assertThat(number(transform, "records_ok")).isOne();
    assertThat(number(transform, "records_failed")).isEqualTo(2);
    assertThat(number(transform, "lines_enriched")).isOne();
    assertThat(number(transform, "lines_rejected")).isOne();
    assertThat(number(transform, "response_bytes")).isPositive();
    assertThat(exporter.getFinishedSpanItems()).hasSize(3);
    assertThat(Span.current().getSpanContext().isValid()).isFalse(); // nothing is left current
  }

  @Test
  void underAnAgentsSpanTheInvocationIsAPartOfIt() throws IOException {
    Span agent = sdk.getTracer("agent").spanBuilder("handler").startSpan();
    try (Function function = Function.with(tracing, Overflow.NONE, DeadLetters.NONE);
        Scope current = agent.makeCurrent()) {
      assertThat(current).isNotNull();
      function.call(new EventText().line(Lines.GOOD));
    } finally {
      agent.end();
    }
    SpanData invocation = span("firehose transformation");
    assertThat(invocation.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(invocation.getParentSpanContext()).isEqualTo(agent.getSpanContext());
    assertThat(span("transform").getTraceId()).isEqualTo(agent.getSpanContext().getTraceId());
  }

  @Test
  void callsThatDoNotTakeEverythingAreFailedSteps() throws IOException {
    var event = new EventText();
    for (int i = 0; i < 40; i++) {
      event.line(Lines.GOOD);
    }
    try (Function function =
        Function.with(tracing, ALL_BUT_THE_LAST, DeadLetters.NONE, "MAX_RESPONSE_BYTES", "12000")) {
      function.call(event);
    }
    SpanData reingest = span("reingest");
    assertThat(reingest.getParentSpanId()).isEqualTo(span("transform").getSpanId());
    long sent = number(reingest, "records_sent_back");
    assertThat(sent).isBetween(2L, 39L);
    assertThat(number(reingest, "records_not_taken")).isOne();
    assertThat(reingest.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(reingest.getStatus().getDescription())
        .isEqualTo("1 of " + sent + " records were not taken");
    assertThat(span("firehose transformation").getStatus().getStatusCode())
        .isEqualTo(StatusCode.UNSET);
  }

  @Test
  void deadLettersAreAStepOfTheTransformation() throws IOException {
    String[] settings = {
      "REJECTS", "dead-letter", "DEAD_LETTER_QUEUE_URL", "https://queue/1",
    };
    DeadLetters taking = (event, letters, remaining) -> new BitSet();
    try (Function function = Function.with(tracing, Overflow.NONE, taking, settings)) {
      function.call(new EventText().line(Lines.BROKEN).line(Lines.BROKEN + "\n" + Lines.GOOD));
    }
    SpanData step = span("dead letters");
    assertThat(step.getParentSpanId()).isEqualTo(span("transform").getSpanId());
    assertThat(number(step, "lines_sent")).isEqualTo(2);
    assertThat(number(step, "records_refused")).isZero();
    assertThat(step.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);

    exporter.reset();
    try (Function function = Function.with(tracing, Overflow.NONE, DeadLetters.NONE, settings)) {
      function.call(new EventText().line(Lines.BROKEN));
    }
    assertThat(span("dead letters").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(number(span("dead letters"), "records_refused")).isOne();
  }

  @Test
  void aFailedInvocationSaysWhichExceptionItWasAndNoMore() {
    String secret = "card 4111";
    try (Function function = Function.with(tracing, Overflow.NONE, DeadLetters.NONE)) {
      assertThatThrownBy(
              () ->
                  function.bytes(
                      new EventText().line(Lines.GOOD).json(),
                      () -> {
                        throw new IllegalStateException(secret);
                      }))
          .hasMessage(secret);
    }
    SpanData invocation = span("firehose transformation");
    assertThat(invocation.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(invocation.getStatus().getDescription())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(secret);
  }

  @Test
  void whatIsNoEventOfFirehoseIsAFailedInvocation() throws IOException {
    try (Function function = Function.with(tracing, Overflow.NONE, DeadLetters.NONE)) {
      function.bytes("{\"Records\":[]}");
    }
    assertThat(span("firehose transformation").getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
  }

  @Test
  void noSpanHoldsAnythingOfALine() throws IOException {
    var event = new EventText();
    Lines.seeded(7, 200).forEach(event::bytes);
    event.line(Lines.GOOD).line(Lines.BROKEN).line(Lines.GOOD + "\n" + Lines.BROKEN);
    try (Function function = Function.with(tracing, ALL_BUT_THE_LAST, DeadLetters.NONE)) {
      function.call(event);
    }
    assertThat(exporter.getFinishedSpanItems().toString())
        .contains("lines_rejected")
        .doesNotContain("203.0.113", "product", "Mozilla", "no line");
  }

  @Test
  void databasesThatCannotBeUsedAreAFailedStep() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.mmdb"), "no database");
    String[] settings = {"GEOIP_CITY_DATABASE", broken.toString()};
    assertThatThrownBy(() -> Function.with(tracing, Overflow.NONE, DeadLetters.NONE, settings))
        .isInstanceOf(UnusableDatabaseException.class);
    assertThat(span("open databases").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("open databases").getStatus().getDescription()).contains(broken.toString());
  }

  @Test
  void aLookWhetherDatabasesHaveChangedIsAStepWhenItIsDue() throws IOException {
    Path city = Files.copy(Function.SAMPLE_GEO, folder.resolve("city.mmdb"));
    var settings =
        new Settings(
            Map.of("GEOIP_CITY_DATABASE", city.toString(), "GEOIP_RELOAD_INTERVAL", "1m")::get);
    var now = new AtomicReference<>(Function.NOW);
    try (FirehoseTransform transform =
        FirehoseTransform.open(
            FirehoseSettings.from(settings),
            DatabaseFetch.NOTHING,
            Overflow.NONE,
            DeadLetters.NONE,
            line -> {},
            new TestClock(now),
            tracing)) {
      exporter.reset();
      call(transform);
      assertThat(exporter.getFinishedSpanItems()).hasSize(2); // it was not due
      exporter.reset();
      now.set(Function.NOW.plusSeconds(60));
      Files.writeString(city, "no database");
      call(transform);
    }
    SpanData reload = span("reload databases");
    assertThat(reload.getParentSpanId()).isEqualTo(span("firehose transformation").getSpanId());
    assertThat(number(reload, "geoip_databases_changed")).isOne();
    assertThat(reload.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  private static void call(FirehoseTransform transform) throws IOException {
    transform.transform(
        new ByteArrayInputStream(new EventText().line(Lines.GOOD).json().getBytes(US_ASCII)),
        OutputStream.nullOutputStream(),
        "request",
        () -> Function.AMPLE_MILLIS);
  }

  @Test
  void primingLeavesNoSpan() throws IOException {
    try (Function function = Function.with(tracing, Overflow.NONE, DeadLetters.NONE)) {
      exporter.reset();
      Span before = Span.current();
      function.prime();
      assertThat(Span.current()).isSameAs(before);
      assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }
  }

  @Test
  void withoutAnAgentTheLogSaysThatSpansGoNowhere() throws IOException {
    var nowhere = new OpenTelemetryTracing(OpenTelemetry.noop());
    try (Function function = Function.with(nowhere, Overflow.NONE, DeadLetters.NONE);
        Function traced = Function.with(tracing, Overflow.NONE, DeadLetters.NONE)) {
      assertThat(function.logged().get("message").asText())
          .isEqualTo("TRACING is opentelemetry, and no agent has set OpenTelemetry up");
      assertThat(function.call(new EventText().line(Lines.GOOD)).results()).containsExactly("Ok");
      assertThat(traced.log).isEmpty();
    }
  }
}
