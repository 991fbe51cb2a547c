package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code target/sluice-consumer}, what is deployed. Runs after it was made. */
class PackagedConsumerTest {
  private static final Path APP = Path.of("target", "sluice-consumer").toAbsolutePath();

  private static List<String> jars() throws IOException {
    try (var files = Files.list(APP.resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void holdsTheConsumerAndNothingOfTheTests() throws IOException {
    assertThat(jars())
        .anyMatch(jar -> jar.startsWith("enricher-consumer"))
        .anyMatch(jar -> jar.startsWith("amazon-kinesis-client"))
        .anyMatch(jar -> jar.startsWith("logback-classic"))
        .noneMatch(
            jar ->
                jar.matches(
                    "(?i)(local-aws|samples|producers|cli|dynamodblocal|s3proxy|junit|elasticmq).*"));
  }

  /** What the process printed, and its exit code as the last line. */
  private static List<String> start(Map<String, String> environment) throws Exception {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + APP.resolve("conf").resolve("jvm.options"),
                "-Dlogback.configurationFile=" + APP.resolve("conf").resolve("logback.xml"),
                "-cp",
                APP.resolve("lib").resolve("*").toString(),
                ConsumerMain.class.getName())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    var lines =
        new ArrayList<>(
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    lines.add("exit " + process.exitValue());
    return lines;
  }

  @Test
  @Timeout(120)
  void saysWhatIsWrongWithItsSettings() throws Exception {
    assertThat(start(Map.of("HTTP_PORT", "x")))
        .containsExactly(
            "STREAM_NAME is not set",
            "APPLICATION_NAME is not set",
            "OUTPUT_BUCKET is not set",
            "HTTP_PORT is \"x\", expected a whole number from 0 to 65535",
            "exit " + ConsumerApplication.EXIT_USAGE);
  }

  @Test
  @Timeout(120)
  void saysThatNobodyAnswersAndLogsNothingButJson() throws Exception {
    String nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + socket.getLocalPort();
    }
    List<String> lines =
        start(
            Map.of(
                "STREAM_NAME", "logs",
                "APPLICATION_NAME", "app",
                "OUTPUT_BUCKET", "bucket",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL_KINESIS", nobody));
    assertThat(lines).last().isEqualTo("exit " + ConsumerApplication.EXIT_FAILED);
    assertThat(lines.subList(0, lines.size() - 1))
        .anyMatch(line -> line.startsWith("cannot reach Kinesis, stream logs: "))
        .allMatch(line -> line.startsWith("cannot reach ") || line.startsWith("{"));
  }
}
