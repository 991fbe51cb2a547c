package dev.sluice.cli.layer;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.UnusableDatabaseException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A layer that brings GeoIP2 databases to where the Firehose function looks for them. The same
 * databases give the same bytes.
 */
final class LayerZip {
  static final String CITY = "geoip/city.mmdb";
  static final String ASN = "geoip/asn.mmdb";

  /**
   * 250 MB, what a function and its layers may have unpacked.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   */
  static final long MAX_BYTES = 250L * 1024 * 1024;

  /** The oldest time that a zip can say, so that it never has another. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path city;
  private final Optional<Path> asn;

  LayerZip(Path city, Optional<Path> asn) {
    this.city = city;
    this.asn = asn;
  }

  /**
   * Tries the databases and writes the zip; there is none, or the one before, when anything fails.
   *
   * @return the databases as the enricher sees them
   * @throws UnusableDatabaseException if one cannot be used, or they are too large
   */
  List<DatabaseInUse> write(Path zip) throws IOException {
    List<DatabaseInUse> databases = check();
    var files = new LinkedHashMap<String, Path>();
    asn.ifPresent(file -> files.put(ASN, file));
    files.put(CITY, city);
    Path part = zip.resolveSibling(zip.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part);
          var layer = new ZipOutputStream(out)) {
        for (Map.Entry<String, Path> file : files.entrySet()) {
          add(layer, file.getKey(), file.getValue());
        }
      }
      Files.move(part, zip, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return databases;
  }

  private List<DatabaseInUse> check() throws IOException {
    EnricherSettings settings =
        EnricherSettings.defaults().toBuilder()
            .geoIpDatabase(Optional.of(city))
            .asnDatabase(asn)
            .build();
    try (Enricher enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      long bytes = Files.size(city);
      DatabaseCheck.networks(city);
      if (asn.isPresent()) {
        bytes += Files.size(asn.get());
        DatabaseCheck.networks(asn.get());
      }
      if (bytes > MAX_BYTES) {
        throw new UnusableDatabaseException(
            city, "with it the layer has " + bytes + " bytes, and Lambda takes " + MAX_BYTES, null);
      }
      return enricher.databases();
    }
  }

  private static void add(ZipOutputStream layer, String name, Path file) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    layer.putNextEntry(entry);
    Files.copy(file, layer);
    layer.closeEntry();
  }
}
