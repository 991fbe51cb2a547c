package dev.sluice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.local.lambda.LambdaFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Firehose path in this process and the function's own, on logs of a few lines. */
class FirehoseDemoTest {

  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /product.php HTTP/1.1\" 200 1234"
          + " \"http://example.com/search.php\" \"curl/8.5.0\"\n";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String log, Map<String, String> environment) throws Exception {
    Path file = Files.writeString(folder.resolve("own.log"), log, UTF_8);
    Path geoip = Path.of("../samples/geo.mmdb").toAbsolutePath().normalize();
    var function =
        LambdaFunction.of(
                "enriching",
                EnrichingHandler.class.getName() + "::handleRequest",
                ClassPathPackage.in(folder))
            .withEnvironment(environment);
    return new FirehoseDemo(
            new DemoInput(file, geoip, 6),
            function,
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .run();
  }

  @Test
  void balancesItsBooksOverDuplicatesEmptyAndBrokenLines() throws Exception {
    int exitCode = run(LINE.repeat(3) + "\nnonsense\n" + LINE + LINE, Map.of());
    assertThat(out.toString())
        .contains("-> Firehose -> Lambda")
        .contains("Books balance: 6 in = 4 enriched + 0 dropped + 2 rejected")
        .contains("\"city\":\"Paris\"");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFunctionThatLosesRecordsIsFoundOut() throws Exception {
    int exitCode = run(LINE.repeat(6), Map.of("LOSE_RECORDS", "true"));
    assertThat(out.toString())
        .contains("THE BOOKS DO NOT BALANCE")
        .contains("0 enriched lines are in S3, not 6")
        .contains("Firehose: 6 records Lambda.MissingRecordId");
    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void namesAPackageThatIsNotThereAndAnOptionThatDoesNotFit() throws IOException {
    Path log = Files.writeString(folder.resolve("own.log"), LINE, UTF_8);
    String geoip = "../samples/geo.mmdb";
    CommandRun missing =
        CommandRun.of(
            "demo",
            "--input",
            log.toString(),
            "--geoip",
            geoip,
            "--firehose",
            "--function",
            "none");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("no such package of a function: none");
    CommandRun alone = CommandRun.of("demo", "--function", "none");
    assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(alone.err()).contains("--function goes with --firehose");
  }
}
