package dev.sluice.lookups.database;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.EnricherSettingsBuilder;
import dev.sluice.enricher.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which GeoIP2 databases lie in S3. Those that are files are the enricher's own settings.
 *
 * @param city {@code s3://bucket/key}, if it is there
 * @param asn the same of the autonomous systems
 */
public record DatabaseLocations(Optional<String> city, Optional<String> asn) {
  /** Every database is a file. */
  public static final DatabaseLocations NONE =
      new DatabaseLocations(Optional.empty(), Optional.empty());

  private static final String CITY_FILE = "sluice-city.mmdb";
  private static final String ASN_FILE = "sluice-asn.mmdb";

  /** Reads the keys of both; problems stay in {@code s}. */
  public static DatabaseLocations from(Settings s) {
    return new DatabaseLocations(
        location(s, "GEOIP_CITY_DATABASE"), location(s, "GEOIP_ASN_DATABASE"));
  }

  private static Optional<String> location(Settings s, String key) {
    Optional<String> location = s.text(key);
    if (location.isEmpty() || !RemoteDatabase.isRemote(location.get())) {
      return Optional.empty();
    }
    if (RemoteDatabase.parse(location.get(), Path.of(CITY_FILE)).isEmpty()) {
      s.problem(key, "is \"" + location.get() + "\", expected a file or s3://bucket/key");
      return Optional.empty();
    }
    return location;
  }

  /** The databases, each with the file in {@code folder} that it is fetched into. */
  public List<RemoteDatabase> in(Path folder) {
    if (city.isEmpty() && asn.isEmpty()) {
      return List.of();
    }
    return Stream.of(
            city.flatMap(location -> RemoteDatabase.parse(location, folder.resolve(CITY_FILE))),
            asn.flatMap(location -> RemoteDatabase.parse(location, folder.resolve(ASN_FILE))))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The settings of the enricher with those files in place of the locations. */
  public EnricherSettings in(Path folder, EnricherSettings settings) {
    if (city.isEmpty() && asn.isEmpty()) {
      return settings;
    }
    EnricherSettingsBuilder files = settings.toBuilder();
    city.ifPresent(location -> files.geoIpDatabase(Optional.of(folder.resolve(CITY_FILE))));
    asn.ifPresent(location -> files.asnDatabase(Optional.of(folder.resolve(ASN_FILE))));
    return files.build();
  }
}
