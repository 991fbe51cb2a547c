package dev.sluice.jmh.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader.FileMode;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import dev.sluice.enricher.EnricherSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * One possessive expression, places and user agents behind Caffeine with the sizes of our own
 * defaults, and Jackson's streaming generator. The caches work on the calling thread, so that a
 * core is a core.
 */
final class GoodPipeline implements Pipeline {
  private final DatabaseReader geo;
  private final Parser parser = new Parser();
  private final JsonFactory json =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  private final Cache<String, Place> places = cache(EnricherSettings.DEFAULT_GEO_CACHE_ENTRIES);
  private final Cache<String, UserAgent> userAgents =
      cache(EnricherSettings.DEFAULT_USER_AGENT_CACHE_ENTRIES);

  /** What of a place is written; null where nothing is known. */
  record Place(String city, String country, Double latitude, Double longitude) {
    static final Place UNKNOWN = new Place(null, null, null, null);

    boolean hasLocation() {
      return latitude != null && longitude != null;
    }
  }

  /** What of a user agent is written. */
  record UserAgent(String os, String browser, String deviceType) {
    static final UserAgent NONE = new UserAgent("Other", "Other", "other");
  }

  GoodPipeline(Path geoDatabase) {
    try {
      geo =
          new DatabaseReader.Builder(geoDatabase.toFile())
              .fileMode(FileMode.MEMORY_MAPPED)
              .withCache(new CHMCache())
              .locales(List.of("en"))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <V> Cache<String, V> cache(int entries) {
    return Caffeine.newBuilder().maximumSize(entries).executor(Runnable::run).build();
  }

  @Override
  public Worker newWorker() {
    try {
      return new GoodWorker(this, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Place place(String host) {
    return places.get(host, this::locate);
  }

  UserAgent userAgent(String agent) {
    return agent.equals("-") ? UserAgent.NONE : userAgents.get(agent, this::classify);
  }

  private Place locate(String host) {
    if (!Addresses.isLiteral(host)) {
      return Place.UNKNOWN;
    }
    try {
      Optional<CityResponse> found = geo.tryCity(InetAddress.getByName(host));
      return found
          .map(
              city ->
                  new Place(
                      city.city().name(),
                      city.country().name(),
                      city.location().latitude(),
                      city.location().longitude()))
          .orElse(Place.UNKNOWN);
    } catch (IOException | GeoIp2Exception e) {
      throw new IllegalStateException("the benchmark's database is broken", e);
    }
  }

  private UserAgent classify(String agent) {
    Client client = parser.parse(agent);
    return new UserAgent(
        client.os.family, client.userAgent.family, DeviceTable.typeOf(agent, client));
  }

  @Override
  public void close() {
    try {
      geo.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
