package dev.sluice.jmh.firehose;

import com.amazonaws.services.lambda.runtime.Context;
import dev.sluice.enricher.Settings;
import dev.sluice.firehose.FirehoseSettings;
import dev.sluice.firehose.FirehoseTransformHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** Sluice's function, as Lambda calls it; its log line is made and goes nowhere. */
final class OurHandler implements EventHandler {
  private final FirehoseTransformHandler function;
  private final Context context = new OneMinute();

  OurHandler(Path geoDatabase) {
    Map<String, String> settings = Map.of("GEOIP_CITY_DATABASE", geoDatabase.toString());
    function =
        new FirehoseTransformHandler(
            FirehoseSettings.from(new Settings(settings::get)), logLine -> {});
  }

  @Override
  public void handle(InputStream event, OutputStream response) throws IOException {
    function.handleRequest(event, response, context);
  }

  @Override
  public void close() {
    // an execution environment is never closed, it ends
  }
}
