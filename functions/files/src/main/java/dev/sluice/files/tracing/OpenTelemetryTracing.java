package dev.sluice.files.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Optional;

/**
 * Spans through the API of OpenTelemetry, as children of the span that the agent of a layer puts
 * around the handler. Without an agent the invocation is a span of kind {@code SERVER}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/faas/faas-spans/">Semantic conventions
 *     for FaaS spans</a>
 */
public final class OpenTelemetryTracing implements Tracing {
  static final String SCOPE = "dev.sluice.files";

  /** In front of each attribute that is ours. */
  static final String PREFIX = "sluice.";

  private final Tracer tracer;
  private boolean spansGoNowhere;

  public OpenTelemetryTracing(OpenTelemetry openTelemetry) {
    tracer = openTelemetry.getTracer(SCOPE);
  }

  /** By what an agent has set up for the process. */
  public static Tracing global() {
    return new OpenTelemetryTracing(GlobalOpenTelemetry.get());
  }

  /** A change of a bucket is the trigger {@code datasource}. */
  @Override
  public TracedStep invocation(String requestId, boolean coldStart) {
    boolean underAgent = Span.current().getSpanContext().isValid();
    return begin(
        tracer
            .spanBuilder("files")
            .setSpanKind(underAgent ? SpanKind.INTERNAL : SpanKind.SERVER)
            .setAttribute("faas.trigger", "datasource")
            .setAttribute("faas.invocation_id", requestId)
            .setAttribute("faas.coldstart", coldStart));
  }

  @Override
  public TracedStep step(String name) {
    return begin(tracer.spanBuilder(name));
  }

  @Override
  public Optional<String> trouble() {
    return spansGoNowhere
        ? Optional.of("TRACING is opentelemetry, and no agent has set OpenTelemetry up")
        : Optional.empty();
  }

  private TracedStep begin(SpanBuilder builder) {
    Span span = builder.startSpan();
    spansGoNowhere = !span.getSpanContext().isValid();
    return new SpanStep(span, span.makeCurrent());
  }

  private record SpanStep(Span span, Scope scope) implements TracedStep {
    @Override
    public void put(String name, long value) {
      span.setAttribute(PREFIX + name, value);
    }

    @Override
    public void failed(String why) {
      span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }
}
