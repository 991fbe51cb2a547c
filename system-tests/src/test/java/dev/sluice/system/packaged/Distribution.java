package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The command line as users get it: its archive, unpacked. */
final class Distribution {
  /** Bound of a wait, no measurement. */
  private static final int MAX_SECONDS = 120;

  private static final Path TARGET = Path.of("..", "cli", "distribution", "target");

  private static final Pattern VERSION =
      Pattern.compile("<artifactId>sluice</artifactId>\\s*<version>(.+?)</version>");

  private final Path home;

  private Distribution(Path home) {
    this.home = home;
  }

  /** What a command printed, and how it ended. */
  record Run(int exitCode, List<String> out, List<String> err) {}

  /** The version of the root pom. */
  static String version() throws IOException {
    var matcher = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  /** Unpacks what {@code mvn -pl cli/distribution -am package} makes. */
  static Distribution unpack(Path folder) throws IOException, InterruptedException {
    String archive = TARGET.resolve("sluice-" + version() + ".tar.gz").toAbsolutePath().toString();
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive, "-C", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tar.getInputStream().readAllBytes(), UTF_8);
    assertThat(tar.waitFor()).as(said).isZero();
    try (var files = Files.list(folder)) {
      return new Distribution(files.findFirst().orElseThrow());
    }
  }

  Path home() {
    return home;
  }

  /** Runs {@code bin/sluice} in its own folder, on the Java of the tests, without any setting. */
  Run run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("bin/sluice"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }
}
