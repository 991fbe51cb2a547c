package dev.sluice.enricher.geo;

import dev.sluice.samples.CityRecord;
import dev.sluice.samples.IpNetwork;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import dev.sluice.samples.MmdbWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small databases, sound and broken ones. */
final class TestDatabases {
  static final MmdbMetadata CITY =
      MmdbMetadata.city("Test-City", List.of("en", "fr"), Instant.EPOCH);

  static final MmdbMetadata ASN =
      new MmdbMetadata("Test-ASN", List.of(), Map.of("en", "Test"), Instant.EPOCH, 24, 6);

  private static final int SEPARATOR_BYTES = 16;

  private TestDatabases() {}

  static CityRecord.Place place(String... languagesAndNames) {
    var names = new java.util.LinkedHashMap<String, String>();
    for (int i = 0; i < languagesAndNames.length; i += 2) {
      names.put(languagesAndNames[i], languagesAndNames[i + 1]);
    }
    return new CityRecord.Place(1, "", names);
  }

  static CityRecord paris() {
    return CityRecord.empty()
        .withCity(place("fr", "Paname", "en", "Paris"))
        .withCountry(place("en", "France"), place("en", "Europe"))
        .withLocation(new CityRecord.Location(48.8566, 2.3522, 20, "Europe/Paris"));
  }

  static byte[] of(MmdbMetadata metadata, Map<String, MmdbValue> networks) {
    var writer = new MmdbWriter(metadata);
    networks.forEach((network, value) -> writer.insert(IpNetwork.parse(network), value));
    var out = new ByteArrayOutputStream();
    try {
      writer.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] sound() {
    return of(
        CITY,
        new java.util.TreeMap<>(
            Map.of("203.0.113.0/24", paris().toValue(), "2001:db8::/32", paris().toValue())));
  }

  /**
   * A database whose only record, that of {@code network}, holds {@code data} as its data section
   * from the record on, whatever that decodes to.
   */
  static byte[] withRawRecord(String network, byte[] data) {
    String filler = "x".repeat(data.length);
    byte[] file = of(CITY, Map.of(network, MmdbValue.text(filler)));
    System.arraycopy(data, 0, file, dataSectionStart(file), data.length);
    return file;
  }

  /** The data section follows sixteen zero bytes; the filler is the first long run after them. */
  private static int dataSectionStart(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int filler = text.indexOf("xx");
    int start = filler;
    while (start > 0 && !isSeparator(file, start - SEPARATOR_BYTES)) {
      start--;
    }
    return start;
  }

  private static boolean isSeparator(byte[] file, int from) {
    return Arrays.equals(
        file, from, from + SEPARATOR_BYTES, new byte[SEPARATOR_BYTES], 0, SEPARATOR_BYTES);
  }

  /** A City database alone, written as {@code flat} has it. */
  static GeoFragments open(Path city, int maxEntries, MeterRegistry metrics) {
    return GeoFragments.open(
        Optional.of(city), Optional.empty(), GeoRenderers.FLAT, maxEntries, metrics);
  }

  static Path write(Path folder, byte[] content) {
    try {
      Path file = Files.createTempFile(folder, "city", ".mmdb");
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
