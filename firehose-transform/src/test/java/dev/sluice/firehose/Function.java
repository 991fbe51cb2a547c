package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.Settings;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.tracing.Tracing;
import dev.sluice.lookups.database.DatabaseFetch;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** The function as a test calls it. */
final class Function implements AutoCloseable {
  static final Path SAMPLE_GEO = Path.of("..", "samples", "geo.mmdb");
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final int AMPLE_MILLIS = 60_000;

  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final FirehoseTransform transform;

  private Function(
      Map<String, String> settings, Overflow overflow, DeadLetters deadLetters, Tracing tracing) {
    transform =
        FirehoseTransform.open(
            FirehoseSettings.from(new Settings(settings::get)),
            DatabaseFetch.NOTHING,
            overflow,
            deadLetters,
            log::add,
            Clock.fixed(NOW, ZoneOffset.UTC),
            tracing);
  }

  static Function with(String... keysAndValues) {
    return with(Overflow.NONE, DeadLetters.NONE, keysAndValues);
  }

  static Function with(Overflow overflow, DeadLetters deadLetters, String... keysAndValues) {
    return with(Tracing.OFF, overflow, deadLetters, keysAndValues);
  }

  static Function with(
      Tracing tracing, Overflow overflow, DeadLetters deadLetters, String... keysAndValues) {
    var settings = new HashMap<String, String>();
    settings.put("GEOIP_CITY_DATABASE", SAMPLE_GEO.toString());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Function(settings, overflow, deadLetters, tracing);
  }

  Answers call(EventText event) throws IOException {
    return Answers.of(bytes(event.json()), event.records());
  }

  byte[] bytes(String event) throws IOException {
    return bytes(event, () -> AMPLE_MILLIS);
  }

  byte[] bytes(String event, IntSupplier remainingMillis) throws IOException {
    var out = new ByteArrayOutputStream();
    transform(event, out, remainingMillis);
    return out.toByteArray();
  }

  /** The same through a stream that does not say that it keeps what it is given in memory. */
  byte[] bytesThroughAnyStream(String event) throws IOException {
    var memory = new ByteArrayOutputStream();
    transform(event, new BufferedOutputStream(memory, 1), () -> AMPLE_MILLIS);
    return memory.toByteArray();
  }

  private void transform(String event, OutputStream out, IntSupplier remainingMillis)
      throws IOException {
    transform.transform(
        new ByteArrayInputStream(event.getBytes(UTF_8)), out, "request", remainingMillis);
    out.flush();
  }

  void prime() {
    transform.prime();
  }

  /** The last line of the log. */
  JsonNode logged() throws IOException {
    return new ObjectMapper().readTree(log.get(log.size() - 1));
  }

  @Override
  public void close() {
    transform.close();
  }
}
