package dev.sluice.jmh.functions;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.Settings;
import dev.sluice.functions.fanout.FanOutFunctionSettings;
import dev.sluice.functions.fanout.FanOutHandler;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.enrich.EnrichMode;
import dev.sluice.functions.fanout.sending.Calls;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.jmh.firehose.OneMinute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The function in its mode enrich, as Lambda calls it; its objects stay in memory, its log line is
 * made and goes nowhere. Not thread-safe.
 */
public final class StreamFunction implements AutoCloseable {
  private final Enricher enricher;
  private final FanOutHandler handler;
  private final List<byte[]> objects = new ArrayList<>();

  /** Opens the function on a City database. */
  public StreamFunction(FunctionKind kind, Path geoDatabase) {
    Map<String, String> values =
        Map.of("OUTPUT_BUCKET", "out", "GEOIP_CITY_DATABASE", geoDatabase.toString());
    var settings = FanOutFunctionSettings.from(new Settings(values::get), "benchmark");
    enricher = Enricher.open(settings.enricher(), Runnable::run);
    LineWork work =
        switch (kind) {
          case ENRICH -> LineWork.of(new BatchEnricher(enricher.newLineEnricher()));
          case OFF -> new PassedLines();
        };
    var mode =
        new EnrichMode(
            settings.enrich(),
            work,
            (key, gzip, metadata) -> objects.add(gzip),
            Optional.empty(),
            new OneCall());
    handler =
        new FanOutHandler(
            mode,
            settings.timeReserve(),
            new InvocationLog(logLine -> {}, "benchmark", settings.metricsNamespace()),
            Clock.systemUTC());
  }

  /** Calls that always succeed. */
  private static final class OneCall implements Calls {
    @Override
    public <T> T call(String operation, TimeLeft time, Supplier<T> call) {
      return call.get();
    }
  }

  /** Answers the events; answers their objects, one for each event where all lines are good. */
  public List<byte[]> answer(List<byte[]> events) throws IOException {
    objects.clear();
    for (byte[] event : events) {
      handler.handleRequest(
          new ByteArrayInputStream(event), OutputStream.nullOutputStream(), new OneMinute());
    }
    return objects;
  }

  @Override
  public void close() {
    enricher.close();
  }
}
