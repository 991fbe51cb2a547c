package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/sluice} works from its archive alone. */
class DistributionTest {

  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /product.php HTTP/1.1\" 200 1234";

  @TempDir private static Path folder;
  private static Distribution distribution;

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    distribution = Distribution.unpack(folder);
  }

  @Test
  void holdsNothingThatMayNotBeShipped() throws IOException {
    var libraries = ShippedLibraries.ofFolder(distribution.home().resolve("lib"));
    assertThat(libraries.count()).isGreaterThan(50);
    assertThat(libraries.broken()).isEmpty();
  }

  /** What was left out of the jar of the commands is used by none of them. */
  @Test
  void noClassIsMissing() throws IOException {
    List<Path> jars;
    try (var files = Files.list(distribution.home().resolve("lib"))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    Path commands =
        jars.stream()
            .filter(jar -> jar.getFileName().toString().startsWith("cli-"))
            .findFirst()
            .orElseThrow();
    var said = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int code =
        jdeps.run(
            new PrintWriter(said),
            new PrintWriter(said),
            "--multi-release",
            "base",
            "--missing-deps",
            "-cp",
            jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            commands.toString());
    assertThat(said.toString()).isEmpty();
    assertThat(code).isZero();
  }

  @Test
  void saysItsVersionAndItsCommands() throws Exception {
    assertThat(distribution.run("--version").out())
        .containsExactly("sluice " + Distribution.version());
    Distribution.Run help = distribution.run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(String.join("\n", help.out()))
        .contains(
            "enrich", "explain", "replay", "consume", "audit", "redrive", "web", "geoip-layer")
        .doesNotContain("demo", "local-aws");
  }

  @Test
  void enrichesAFileWithItsBooksBalanced() throws Exception {
    Distribution.Run run =
        distribution.run(
            "enrich",
            "--geoip",
            "samples/geo.mmdb",
            "--asn",
            "samples/asn.mmdb",
            "--rejects",
            "rejects.ndjson",
            "samples/access.log.gz");
    assertThat(run.exitCode()).isZero();
    int rejected = Files.readAllLines(distribution.home().resolve("rejects.ndjson")).size();
    assertThat(rejected).isPositive();
    assertThat(run.out())
        .hasSize(20_000 - rejected)
        .allMatch(line -> line.startsWith("{\"host\":"));
    assertThat(run.err().get(0)).startsWith("20,000 in = ");
  }

  @Test
  void explainsALine() throws Exception {
    Distribution.Run run = distribution.run("explain", LINE);
    assertThat(run.exitCode()).isZero();
    assertThat(String.join("\n", run.out())).contains("ENRICHED", "/product.php");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "replay logs", "redrive"})
  void hasHelpFor(String command) throws Exception {
    Distribution.Run run = distribution.run((command + " --help").split(" "));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).anyMatch(line -> line.startsWith("Usage: sluice " + command));
  }

  @Test
  void reportsMissingSettingsTogether() throws Exception {
    Distribution.Run consume = distribution.run("consume");
    assertThat(consume.exitCode()).isEqualTo(2);
    assertThat(consume.err())
        .contains(
            "sluice consume: STREAM_NAME is not set",
            "sluice consume: APPLICATION_NAME is not set");
    Distribution.Run web = distribution.run("web", "--set", "WEB_PORT=x");
    assertThat(web.exitCode()).isEqualTo(2);
    assertThat(web.err())
        .contains("sluice web: UPLOAD_BUCKET is not set")
        .anyMatch(line -> line.startsWith("sluice web: WEB_PORT is \"x\""));
  }

  @Test
  void saysWhereTheDemoRuns() throws Exception {
    Distribution.Run run = distribution.run("demo", "--all");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasSize(1);
    assertThat(run.err().get(0))
        .startsWith("sluice: demo and local-aws run from a checkout of the sources");
  }
}
