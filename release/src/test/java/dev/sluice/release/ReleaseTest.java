package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code target/release} of the whole, right after it was made. */
class ReleaseTest {

  private static final Path RELEASE = Path.of("..", "target", "release");
  private static final String VERSION = System.getProperty("sluice.version");

  @Test
  void holdsEveryPackageAndNothingElse() throws IOException {
    try (var files = Files.list(RELEASE)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(VERSION, "VERSION")))
          .containsExactlyInAnyOrder(
              "CHANGELOG.md",
              "LICENSE",
              "README.md",
              "firehose-transform-VERSION.zip",
              "functions-fan-out-VERSION.zip",
              "functions-files-VERSION.zip",
              "functions-registrations-VERSION.zip",
              "functions-tweets-VERSION.zip",
              "functions-windows-VERSION.zip",
              "sluice-VERSION.cdx.json",
              "sluice-VERSION.tar.gz",
              "sluice-consumer-VERSION.tar.gz",
              "sluice-deploy-VERSION.zip",
              "sluice-web-VERSION.tar.gz");
    }
  }

  @Test
  void theSbomNamesWhatIsShipped() throws Exception {
    var jars = Packages.jars(RELEASE);
    assertThat(jars).hasSizeGreaterThan(100);
    assertThat(Sbom.read(RELEASE.resolve("sluice-" + VERSION + ".cdx.json")).broken(jars))
        .isEmpty();
  }

  @Test
  void theProcessesHaveAllTheyStartWith() throws Exception {
    assertThat(Packages.entries(file("sluice-consumer", ".tar.gz")))
        .contains(
            inside("sluice-consumer", "Dockerfile"),
            inside("sluice-consumer", "conf/jvm.options"),
            inside("sluice-consumer", "lib/enricher-consumer-" + VERSION + ".jar"),
            inside("sluice-consumer", "operations/sluice-consumer.service"));
    assertThat(Packages.entries(file("sluice-web", ".tar.gz")))
        .contains(
            inside("sluice-web", "Dockerfile"),
            inside("sluice-web", "conf/jvm.options"),
            inside("sluice-web", "lib/webapp-" + VERSION + ".jar"));
  }

  @Test
  void everyTemplateIsThere() throws Exception {
    List<String> entries = Packages.entries(file("sluice-deploy", ".zip"));
    for (String folder : List.of("dashboards", "deploy")) {
      Path templates = Path.of("..", folder, "templates");
      try (Stream<Path> files = Files.list(templates)) {
        assertThat(entries)
            .containsAll(
                files
                    .map(file -> folder + "/templates/" + file.getFileName())
                    .map(name -> inside("sluice-deploy", name))
                    .toList());
      }
    }
    assertThat(entries).noneMatch(name -> name.contains("/src/") || name.contains("/target/"));
  }

  private static Path file(String name, String extension) {
    return RELEASE.resolve(name + "-" + VERSION + extension);
  }

  private static String inside(String archive, String name) {
    return archive + "-" + VERSION + "/" + name;
  }
}
