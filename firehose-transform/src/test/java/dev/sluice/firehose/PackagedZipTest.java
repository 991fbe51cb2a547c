package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at what is deployed; runs after packaging. */
class PackagedZipTest {
  private static final Path ZIP = Path.of("target", "firehose-transform.zip");
  private static final long MAX_BYTES = 25L * 1024 * 1024;

  @Test
  void isSmallEnough() throws IOException {
    assertThat(Files.size(ZIP)).isLessThan(MAX_BYTES);
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

  /** By their classes: a jar can have any name. */
  @Test
  void holdsNoKclNoNettyAndNoAwsSdkOfVersionOne() throws IOException {
    List<String> classes = classes();
    assertThat(classes).contains("dev/sluice/firehose/FirehoseTransformHandler.class");
    assertThat(classes)
        .noneMatch(name -> name.startsWith("software/amazon/kinesis/"))
        .noneMatch(name -> name.contains("io/netty/"))
        .noneMatch(name -> name.startsWith("software/amazon/awssdk/http/nio/"))
        .noneMatch(
            name ->
                name.startsWith("com/amazonaws/")
                    && !name.startsWith("com/amazonaws/services/lambda/runtime/"));
  }

  @Test
  void holdsNothingThatBelongsToTests() throws IOException {
    assertThat(classes())
        .noneMatch(name -> name.startsWith("dev/sluice/samples/"))
        .noneMatch(name -> name.startsWith("dev/sluice/local/"))
        .noneMatch(name -> name.startsWith("org/junit/"));
  }

  /**
   * A start costs what it loads: nothing of AWS, no databind, no YAML unless something needs it.
   */
  @Test
  void startsAndAnswersWithoutWhatItDoesNotNeed(@TempDir Path folder)
      throws IOException, InterruptedException {
    unpack(folder);
    Path classes = folder.resolve("classes.txt");
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    var start =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xlog:class+load:file=" + classes,
                "-cp",
                folder.resolve("lib") + "/*" + File.pathSeparator + Path.of("target/test-classes"),
                ColdStart.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    start.environment().put("GEOIP_CITY_DATABASE", Function.SAMPLE_GEO.toString());

    assertThat(start.start().waitFor()).as("exit code").isZero();

    assertThat(Files.readString(errors)).isEmpty();
    assertThat(Files.readString(output)).contains("\"result\":\"Ok\"", "\"records_ok\":1");
    assertThat(Files.readAllLines(classes))
        .anyMatch(line -> line.contains("dev.sluice.firehose.FirehoseTransformHandler"))
        .noneMatch(line -> line.contains("software.amazon.awssdk."))
        .noneMatch(line -> line.contains("com.fasterxml.jackson.databind.ObjectMapper "))
        .noneMatch(line -> line.contains("org.yaml.snakeyaml."))
        .noneMatch(line -> line.contains("io.airlift."));
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

  private static List<String> classes() throws IOException {
    var names = new ArrayList<String>();
    try (var zip = new ZipFile(ZIP.toFile())) {
      zip.stream()
          .filter(entry -> entry.getName().endsWith(".jar"))
          .forEach(entry -> addNames(zip, entry, names));
    }
    return names;
  }

  private static void addNames(ZipFile zip, ZipEntry jar, List<String> names) {
    try (InputStream in = zip.getInputStream(jar);
        var entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          names.add(entry.getName());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
