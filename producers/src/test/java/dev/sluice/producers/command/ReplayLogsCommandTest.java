package dev.sluice.producers.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.producers.FakeClock;
import dev.sluice.producers.FakeKinesis;
import dev.sluice.producers.LogReplay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import software.amazon.awssdk.core.exception.SdkClientException;

class ReplayLogsCommandTest {
  private final FakeKinesis kinesis = new FakeKinesis();
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();
  private String standardInput = "";

  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void writeLog() throws IOException {
    log = directory.resolve("access.log");
    Files.writeString(log, "10.0.0.1 a\n10.0.0.2 b\n10.0.0.1 c\n");
  }

  @Test
  void replaysAFileAndSumsUpOnStandardError() {
    assertThat(run("--stream", "s", log.toString())).isZero();

    assertThat(kinesis.storedLines()).containsExactly("10.0.0.1 a", "10.0.0.2 b", "10.0.0.1 c");
    assertThat(kinesis.storedKeys()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.1");
    assertThat(err.toString())
        .matches(
            "replayed 3 lines to stream s in .* s: .* lines/s, .* MiB, 0 sent again, 0 refused\\R");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void replaysStandardInput() {
    standardInput = "one\ntwo";

    assertThat(run("--stream", "s", "--max", "--in-flight", "1", "-")).isZero();

    assertThat(kinesis.storedLines()).containsExactly("one", "two");
  }

  @Test
  void paces() {
    assertThat(run("--stream", "s", "--rate", "2/s", log.toString())).isZero();

    assertThat(err.toString()).startsWith("replayed 3 lines to stream s in 1.5 s: 2 lines/s");
  }

  @Test
  void pacesByTheTimesOfTheLines() throws IOException {
    Files.writeString(
        log, "a - - [10/Oct/2000:13:55:00 +0000]\nb - - [10/Oct/2000:13:57:00 +0000]\n");

    assertThat(run("--stream", "s", "--speed", "60", log.toString())).isZero();
    assertThat(err.toString()).startsWith("replayed 2 lines to stream s in 2.0 s");

    assertThat(run("--stream", "s", "--speed", "1", "--max-gap", "30", log.toString())).isZero();
    assertThat(err.toString()).startsWith("replayed 2 lines to stream s in 30.0 s");
  }

  @Test
  void replaysSeveralTimes() {
    assertThat(run("--stream", "s", "--passes", "4", log.toString())).isZero();

    assertThat(kinesis.storedLines()).hasSize(12);
    assertThat(err.toString()).startsWith("replayed 12 lines");
  }

  @Test
  void replaysStandardInputOnce() {
    for (String[] repeat : new String[][] {{"--passes", "2"}, {"--loop"}}) {
      var arguments = new ArrayList<>(List.of("--stream", "s", "-"));
      arguments.addAll(List.of(repeat));

      assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString()).contains("standard input cannot be replayed more than once");
    }
  }

  @Test
  void goesOnFromTheSavedOffset() throws IOException {
    String offset = directory.resolve("log.offset").toString();
    assertThat(run("--stream", "s", "--resume", offset, log.toString())).isZero();
    Files.writeString(log, "10.0.0.1 a\n10.0.0.2 b\n10.0.0.1 c\n10.0.0.9 d\n");
    assertThat(run("--stream", "s", "--resume", offset, log.toString())).isZero();

    assertThat(kinesis.storedLines()).hasSize(4).endsWith("10.0.0.9 d");

    Files.writeString(log, "another log\n");
    assertThat(run("--stream", "s", "--resume", offset, log.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("is that of another input").hasLineCount(1);
  }

  @Test
  void replaysTweetsByTheirIds() throws IOException {
    Files.writeString(
        log,
        "{\"id_str\":\"21\",\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\"}\n"
            + "{\"delete\":{\"status\":{\"id_str\":\"21\"}}}\n"
            + "\n"
            + "{\"id_str\":\"22\",\"created_at\":\"Wed Oct 10 20:19:29 +0000 2018\"}\n");
    var command =
        new ReplayTweetsCommand(
            () -> kinesis,
            new ByteArrayInputStream(new byte[0]),
            environment::get,
            new LogReplay(new FakeClock(), new SplittableRandom(1)));
    var line = new CommandLine(command);

    assertThat(execute(line, "--stream", "s", "--speed", "1", log.toString())).isZero();

    assertThat(kinesis.storedKeys()).containsExactlyInAnyOrder("21", "21", "3", "22");
    assertThat(err.toString()).startsWith("replayed 4 lines to stream s in 5.0 s");

    assertThat(execute(line, "--stream", "s", "--partition-key", "client-address", log.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("is not tweet-id, random, line-number or constant:TEXT");
  }

  @Test
  void takesTheOtherPartitionKeys() {
    run("--stream", "s", "--partition-key", "line-number", log.toString());
    run("--stream", "s", "--partition-key", "constant:k", log.toString());
    run("--stream", "s", "--partition-key", "random", "--seed", "7", log.toString());
    run("--stream", "s", "--partition-key", "random", "--seed", "7", log.toString());

    List<String> keys = kinesis.storedKeys();
    assertThat(keys.subList(0, 6)).containsExactly("1", "2", "3", "k", "k", "k");
    assertThat(keys.subList(6, 9)).doesNotHaveDuplicates().isEqualTo(keys.subList(9, 12));
  }

  @Test
  void failsInTheEndWhenLinesWereRefused() throws IOException {
    Files.writeString(log, "x".repeat(3_000) + "\nshort\n");

    assertThat(run("--stream", "s", "--max-record-bytes", "2048", log.toString())).isEqualTo(1);

    assertThat(kinesis.storedLines()).containsExactly("short");
    assertThat(err.toString())
        .contains("refused 1 line: longer than a record (2,048 bytes with its partition key)")
        .contains("  line 1: 3,000 bytes");
  }

  @Test
  void warnsOfLinesThatMayBeStoredTwice() {
    kinesis.losingAnswers(1, lost(new SocketException("Connection reset")));

    assertThat(run("--stream", "s", log.toString())).isZero();

    assertThat(err.toString()).contains("3 lines were sent again after a lost answer");
  }

  static Stream<Arguments> badUsages() {
    return Stream.of(
        Arguments.of("--nonsense", "Unknown option: '--nonsense'"),
        Arguments.of("--rate 5/s --max", "mutually exclusive"),
        Arguments.of("--rate 5/s --speed 2", "mutually exclusive"),
        Arguments.of("--loop --passes 2", "mutually exclusive"),
        Arguments.of("--speed 0", "speed has to be above 0 and at most 1000000"),
        Arguments.of("--speed fast", "Invalid value for option '--speed'"),
        Arguments.of("--max-gap 5", "--max-gap means nothing without --speed"),
        Arguments.of("--speed 1 --max-gap -5", "the longest gap cannot be negative"),
        Arguments.of("--passes 0", "passes: 0 is not above 0"),
        Arguments.of("--resume f --in-flight 2", "2 is not 1, which an offset file asks for"),
        Arguments.of("--rate fast", "'fast' is not a rate such as 500/s"),
        Arguments.of("--rate 0/s", "'0/s' is not a rate such as 500/s"),
        Arguments.of("--rate 2000000/s", "at most 1000000/s"),
        Arguments.of("--in-flight 0", "requests in flight: 0 is not in 1..32"),
        Arguments.of("--in-flight many", "Invalid value for option '--in-flight'"),
        Arguments.of(
            "--partition-key colour",
            "'colour' is not client-address, random, line-number or constant:TEXT"),
        Arguments.of("--partition-key constant:", "partition key has 0 characters"),
        Arguments.of("--max-record-bytes 6000000", "bytes per request: 5242880 is not in 6000000"),
        Arguments.of("--stream no/slash", "stream name has to be"),
        Arguments.of("--seed x", "Invalid value for option '--seed'"),
        Arguments.of("second-file", "Unmatched argument at index 1: 'second-file'"));
  }

  @ParameterizedTest
  @MethodSource("badUsages")
  void refusesBadUsage(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of(log.toString()));
    arguments.addAll(Arrays.asList(options.split(" ")));
    if (!options.startsWith("--stream")) {
      arguments.addAll(List.of("--stream", "s"));
    }

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);

    assertThat(err.toString()).contains(message).hasLineCount(1).doesNotContain("Exception");
    assertThat(kinesis.requests()).isEmpty();
  }

  @Test
  void refusesMissingArgumentsAndFiles() {
    assertThat(run(log.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--stream=S'");
    assertThat(run("--stream", "s")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter: 'FILE|-'");
    assertThat(run("--stream", "s", directory.resolve("none.log").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no such file: " + directory.resolve("none.log"));
    assertThat(run("--stream", "s", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a directory: " + directory);
  }

  @Test
  void namesTheEndpointVariableWhenNobodyAnswers() {
    environment.put("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:9");
    kinesis.failing(Integer.MAX_VALUE, lost(new ConnectException("Connection refused")));

    assertThat(run("--stream", "s", log.toString())).isEqualTo(1);

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "replay logs: no answer from Kinesis (Connection refused); 0 lines are stored, the first"
                + " not stored is line 1 [AWS_ENDPOINT_URL_KINESIS=http://127.0.0.1:9]\n");
  }

  @Test
  void reportsAMissingStreamInOneLine() {
    kinesis.failing(1, FakeKinesis.error(400, "ResourceNotFoundException"));

    assertThat(run("--stream", "s", log.toString())).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("replay logs: Kinesis refused to write to stream s (ResourceNotFoundException:")
        .hasLineCount(1);
  }

  @Test
  void reportsADamagedFileAfterTheLinesThatWereGood() throws IOException {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2};
    Files.write(log, gzip);

    assertThat(run("--stream", "s", log.toString())).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("replay logs: cannot read on: gzip data ends in the middle of member 1;")
        .hasLineCount(1);
  }

  @Test
  void reportsAMissingRegionInOneLine() {
    var command =
        new ReplayLogsCommand(
            () -> {
              throw SdkClientException.create("Unable to load region from any of the providers");
            },
            new ByteArrayInputStream(new byte[0]),
            environment::get,
            LogReplay.inRealTime());

    assertThat(execute(new CommandLine(command), "--stream", "s", log.toString())).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("replay logs: cannot call AWS: no AWS region found: set AWS_REGION")
        .hasLineCount(1);
  }

  @Test
  void showsAProgressBarWhenAskedTo() {
    assertThat(run("--stream", "s", "--progress", log.toString())).isZero();
    assertThat(err.toString()).contains("\r[####").contains("100 % read  3 lines sent");

    assertThat(run("--stream", "s", "--no-progress", log.toString())).isZero();
    assertThat(err.toString()).doesNotContain("\r[");
  }

  @Test
  void showsAnExampleInItsHelp() {
    assertThat(execute(new CommandLine(new ReplayCommand()), "logs", "--help")).isZero();
    assertThat(out.toString())
        .contains("--stream=S", "--rate=N/s", "--max", "FILE|-")
        .contains("sluice replay logs --stream access-logs --rate 500/s samples/access.log.gz");
  }

  @Test
  void wantsToKnowWhatToReplay() {
    assertThat(execute(new CommandLine(new ReplayCommand()))).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required subcommand");
  }

  private int run(String... arguments) {
    var command =
        new ReplayLogsCommand(
            () -> kinesis,
            new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
            environment::get,
            new LogReplay(new FakeClock(), new SplittableRandom(1)));
    return execute(new CommandLine(command), arguments);
  }

  private int execute(CommandLine line, String... arguments) {
    err.getBuffer().setLength(0);
    out.getBuffer().setLength(0);
    return line.setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(out, true))
        .setParameterExceptionHandler(ReplayLogsCommandTest::oneLine)
        .execute(arguments);
  }

  /** As the launcher's: the message alone. */
  private static int oneLine(ParameterException wrong, String[] arguments) {
    wrong.getCommandLine().getErr().println(wrong.getMessage());
    return CommandLine.ExitCode.USAGE;
  }

  private static RuntimeException lost(IOException cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }
}
