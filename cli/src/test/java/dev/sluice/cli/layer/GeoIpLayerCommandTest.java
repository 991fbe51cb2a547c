package dev.sluice.cli.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.enricher.Settings;
import dev.sluice.firehose.FirehoseSettings;
import dev.sluice.firehose.database.GeoIpLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoIpLayerCommandTest {
  private static final Path CITY = Path.of("..", "samples", "geo.mmdb");
  private static final Path ASN = Path.of("..", "samples", "asn.mmdb");

  private final TimeZone zone = TimeZone.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(zone);
  }

  private static CommandRun layer(Path city, Path asn, Path output) {
    var arguments = new ArrayList<>(List.of("geoip-layer", "--geoip", city.toString()));
    if (asn != null) {
      arguments.addAll(List.of("--asn", asn.toString()));
    }
    arguments.addAll(List.of("--output", output.toString()));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static void unpack(Path zip, Path root) throws IOException {
    try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
      }
    }
  }

  @Test
  void theFunctionFindsBothDatabasesWhereLambdaUnpacksTheLayer() throws IOException {
    Path zip = folder.resolve("layer.zip");
    CommandRun run = layer(CITY, ASN, zip);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("geo.mmdb: of ", "asn.mmdb: of ", "layer.zip: ");

    Path opt = folder.resolve("opt");
    unpack(zip, opt);
    var settings =
        FirehoseSettings.from(new Settings(GeoIpLayer.behind(key -> null, opt))).enricher();
    assertThat(settings.geoIpDatabase().orElseThrow()).hasSameBinaryContentAs(CITY);
    assertThat(settings.asnDatabase().orElseThrow()).hasSameBinaryContentAs(ASN);
  }

  @Test
  void theSameDatabaseGivesTheSameBytesInEveryZone() throws IOException {
    Path one = folder.resolve("one.zip");
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    layer(CITY, null, one);
    Path copy = Files.copy(CITY, folder.resolve("copy.mmdb"));
    Path other = folder.resolve("other.zip");
    TimeZone.setDefault(TimeZone.getTimeZone("America/Anchorage"));
    layer(copy, null, other);
    assertThat(one).hasSameBinaryContentAs(other);
  }

  @Test
  void whatIsNoDatabaseIsRefusedAndTheZipBeforeStays() throws IOException {
    Path zip = Files.writeString(folder.resolve("layer.zip"), "before");
    Path text = Files.writeString(folder.resolve("text.mmdb"), "no database");
    Path missing = folder.resolve("missing.mmdb");
    for (Path broken : List.of(text, missing, ASN)) { // ASN is no City database
      CommandRun run = layer(broken, null, zip);
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.errLines()).hasSize(1);
      assertThat(run.err()).startsWith("sluice geoip-layer: ").contains(broken.toString());
    }
    assertThat(layer(CITY, text, zip).err()).contains(text.toString());
    assertThat(zip).hasContent("before");
    assertThat(folder.resolve("layer.zip.part")).doesNotExist();
  }

  /** The 128 addresses that are tried at an opening do not see it. */
  @Test
  void oneDamagedRecordIsEnough() throws IOException {
    byte[] whole = Files.readAllBytes(CITY);
    var random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 50; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 64; i++) {
        damaged[random.nextInt(damaged.length * 9 / 10)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("damaged-" + round + ".mmdb"), damaged);
      CommandRun run = layer(file, null, folder.resolve("damaged.zip"));
      if (run.exitCode() != ExitCode.OK) {
        refused++;
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(file.toString());
      }
    }
    assertThat(refused).isGreaterThan(25);
  }

  @Test
  void aDatabaseThatWasCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(CITY);
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Path cut = folder.resolve("cut-" + length + ".mmdb");
      Files.write(cut, Arrays.copyOf(whole, length));
      CommandRun run = layer(cut, null, folder.resolve("cut.zip"));
      assertThat(run.exitCode()).as("length %d", length).isEqualTo(ExitCode.FAILED);
    }
    assertThat(folder.resolve("cut.zip")).doesNotExist();
  }

  @Test
  void withoutADatabaseThereIsNoLayer() {
    CommandRun run = CommandRun.of("geoip-layer");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("Missing required option: '--geoip=FILE'");
  }

  @Test
  void anOutputThatCannotBeWrittenIsOneLine() {
    CommandRun run = layer(CITY, null, folder.resolve("none").resolve("layer.zip"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).hasSize(1);
  }
}
