package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at what is deployed; runs after packaging. */
class PackagedZipTest {
  private static final Path ZIP = Path.of("target", "firehose-transform.zip");

  @Test
  void isSmallEnoughAndHoldsNothingUnwanted() throws IOException {
    assertThat(PackageRules.broken(ZIP)).isEmpty();
  }

  @Test
  void holdsJarsBelowLibAndNothingElse() throws IOException {
    assertThat(jars()).allMatch(name -> name.matches("lib/[^/]+\\.jar"));
    assertThat(jars())
        .anyMatch(name -> name.startsWith("lib/firehose-transform-"))
        .anyMatch(name -> name.startsWith("lib/enricher-core-"))
        .anyMatch(name -> name.startsWith("lib/enricher-lookups-"))
        .anyMatch(name -> name.startsWith("lib/aws-lambda-java-core-"));
  }

  /**
   * A start costs what it loads: nothing of AWS, no databind, no YAML unless something needs it.
   */
  @Test
  void startsAndAnswersWithoutWhatItDoesNotNeed(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<String> classes = start(folder, Map.of());

    assertThat(Files.readString(folder.resolve("output.txt")))
        .contains("\"result\":\"Ok\"", "\"records_ok\":1");
    assertThat(classes)
        .anyMatch(line -> line.contains("dev.sluice.firehose.FirehoseTransformHandler"))
        .noneMatch(line -> line.contains("software.amazon.awssdk."))
        .noneMatch(line -> line.contains("com.fasterxml.jackson.databind.ObjectMapper "))
        .noneMatch(line -> line.contains("io.opentelemetry."))
        .noneMatch(line -> line.contains("org.yaml.snakeyaml."))
        .noneMatch(line -> line.contains("io.airlift."));
  }

  /** Without the agent of a layer, which there is none of here, tracing does no harm. */
  @Test
  void bySettingUsesOpenTelemetry(@TempDir Path folder) throws IOException, InterruptedException {
    List<String> classes = start(folder, Map.of("TRACING", "opentelemetry"));

    assertThat(Files.readString(folder.resolve("output.txt")))
        .contains("no agent has set OpenTelemetry up", "\"result\":\"Ok\"", "\"records_ok\":1");
    assertThat(classes)
        .anyMatch(line -> line.contains("io.opentelemetry.api.GlobalOpenTelemetry"))
        .noneMatch(line -> line.contains("io.opentelemetry.sdk."));
  }

  /** Answers an event with what was unpacked into the folder; the classes that were loaded. */
  private static List<String> start(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    unpack(folder);
    Path classes = folder.resolve("classes.txt");
    Path errors = folder.resolve("errors.txt");
    var start =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xlog:class+load:file=" + classes,
                "-cp",
                folder.resolve("lib") + "/*" + File.pathSeparator + Path.of("target/test-classes"),
                ColdStart.class.getName())
            .redirectOutput(folder.resolve("output.txt").toFile())
            .redirectError(errors.toFile());
    start.environment().put("GEOIP_CITY_DATABASE", Function.SAMPLE_GEO.toString());
    start.environment().putAll(settings);

    assertThat(start.start().waitFor()).as("exit code").isZero();

    assertThat(Files.readString(errors)).isEmpty();
    return Files.readAllLines(classes);
  }

  private static void unpack(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("lib"));
    try (var zip = new ZipInputStream(Files.newInputStream(ZIP))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          String name = Path.of(entry.getName()).getFileName().toString();
          Files.copy(zip, folder.resolve("lib").resolve(name));
        }
      }
    }
  }

  private static List<String> jars() throws IOException {
    try (var zip = new ZipFile(ZIP.toFile())) {
      return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
