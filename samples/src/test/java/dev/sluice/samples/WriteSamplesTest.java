package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.CHMCache;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteSamplesTest {
  /** The module's folder: the working directory of its tests. */
  private static final Path COMMITTED = Path.of("");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return WriteSamples.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static byte[] decompressed(Path file) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  /** The compressed bytes depend on the zlib of the machine, so the content is what counts. */
  @Test
  void writesWhatIsCommitted() throws IOException {
    assertThat(run(folder.resolve("new").toString())).isZero();
    assertThat(decompressed(folder.resolve("new/access.log.gz")))
        .isEqualTo(decompressed(COMMITTED.resolve("access.log.gz")));
    assertThat(decompressed(folder.resolve("new/tweets.jsonl.gz")))
        .isEqualTo(decompressed(COMMITTED.resolve("tweets.jsonl.gz")));
    assertThat(folder.resolve("new/geo.mmdb"))
        .hasSameBinaryContentAs(COMMITTED.resolve("geo.mmdb"));
    assertThat(folder.resolve("new/asn.mmdb"))
        .hasSameBinaryContentAs(COMMITTED.resolve("asn.mmdb"));
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void committedLogHas20000LinesAndNoTimeInItsHeader() throws IOException {
    String log =
        new String(decompressed(COMMITTED.resolve("access.log.gz")), StandardCharsets.ISO_8859_1);
    assertThat(log.chars().filter(c -> c == '\n')).hasSize(20_000);
    assertThat(log).endsWith("\n");
    byte[] header = Files.readAllBytes(COMMITTED.resolve("access.log.gz"));
    assertThat(HexFormat.of().formatHex(header, 0, 9)).isEqualTo("1f8b08000000000000");
  }

  @Test
  void writesAFullSizeDatabase() throws IOException, GeoIp2Exception, NoSuchAlgorithmException {
    Path file = folder.resolve("full.mmdb");
    assertThat(run("--full-size", file.toString())).isZero();
    assertThat(Files.size(file)).isBetween(45_000_000L, 55_000_000L);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("b73df8e4c5c38862a8567b47a88dee746bab6bcb81e4cbf79a43ec3178fa3067");
    try (var reader = new DatabaseReader.Builder(file.toFile()).withCache(new CHMCache()).build()) {
      var cities = new HashSet<Long>();
      var dice = new Dice(1);
      for (int i = 0; i < 20_000; i++) {
        IpAddress address = IpAddress.ipv4((93 << 24) - dice.below(15 << 24));
        reader.tryCity(Mmdb.inet(address)).ifPresent(city -> cities.add(city.city().geonameId()));
      }
      assertThat(cities).hasSizeGreaterThan(10_000);
    }
  }

  @Test
  void helpShowsAnExample() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage:", "Example:", "--full-size");
    assertThat(err.size()).isZero();
  }

  @Test
  void wrongUsageIsOneLineAndExit2() {
    assertUsageError("the directory to write to is missing");
    assertUsageError("unknown option --fast", "--fast");
    assertUsageError("--full-size needs a file", "--full-size");
    assertUsageError("--full-size takes one file", "--full-size", "a", "b");
    assertUsageError("one directory is expected, not 2", "a", "b");
  }

  private void assertUsageError(String problem, String... args) {
    err.reset();
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "WriteSamples: " + problem + " (--help shows the usage)" + System.lineSeparator());
  }

  @Test
  void unwritablePlacesAreOneLineAndExit1() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(run("--full-size", folder.resolve("none/full.mmdb").toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anyMatch(line -> line.equals("WriteSamples: not a directory: " + file))
        .anyMatch(
            line ->
                line.startsWith("WriteSamples: no such directory for ") && line.contains("none"));
  }

  @Test
  void readsTheCommittedDatabase() throws IOException, GeoIp2Exception {
    byte[] file = Files.readAllBytes(COMMITTED.resolve("geo.mmdb"));
    try (var reader = new DatabaseReader.Builder(new ByteArrayInputStream(file)).build()) {
      assertThat(reader.city(Mmdb.inet("203.0.113.42")).city().name()).isEqualTo("Paris");
    }
  }
}
