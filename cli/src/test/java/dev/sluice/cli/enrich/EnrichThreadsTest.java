package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.Sluice;
import dev.sluice.enricher.GoldenFile;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bytes that leave must not depend on the number of threads, nor on the parser. */
class EnrichThreadsTest {
  private static final int LINES = 12_000;
  private static final String DATABASE = "../samples/geo.mmdb";

  @TempDir static Path folder;

  private static byte[] log;
  private static Path plain;
  private static Path gzip;
  private static Path cutGzip;

  /** Everything that a run leaves behind but its time. */
  private record Left(int exitCode, String json, String rejects, List<String> said) {}

  @BeforeAll
  static void writeLogs() throws IOException {
    log = mixedLog();
    plain = Files.write(folder.resolve("plain.log"), log);
    byte[] members = gzip(Arrays.copyOf(log, log.length / 3));
    byte[] second = gzip(Arrays.copyOfRange(log, log.length / 3, log.length));
    byte[] both = Arrays.copyOf(members, members.length + second.length);
    System.arraycopy(second, 0, both, members.length, second.length);
    gzip = Files.write(folder.resolve("members.log.gz"), both);
    cutGzip =
        Files.write(
            folder.resolve("cut.log.gz"), Arrays.copyOf(both, both.length - both.length / 5));
  }

  /**
   * Odd, broken and golden lines, line ends of every kind, lines beyond every limit, no last LF.
   */
  private static byte[] mixedLog() throws IOException {
    var dice = new SplittableRandom(7);
    var lines =
        new SyntheticAccessLog(
            7, AccessLogOptions.defaults().withOddShare(0.1).withBrokenShare(0.05));
    var bytes = new ByteArrayOutputStream();
    List<GoldenFile.Case> golden = GoldenFile.allCases();
    for (int i = 0; i < LINES; i++) {
      bytes.write(lines.nextLine());
      if (i % 16 == 0) {
        bytes.write('\n');
        bytes.write(golden.get(i / 16 % golden.size()).line());
      }
      bytes.write(lineEnd(dice.nextInt(100)));
      if (i % 4_000 == 2_000) {
        bytes.write("y".repeat(70_000 + dice.nextInt(3_000_000)).getBytes(UTF_8));
        bytes.write('\n');
        bytes.write("\r".repeat(200_000).getBytes(UTF_8));
        bytes.write('\n');
      }
    }
    bytes.write(lines.nextLine());
    return bytes.toByteArray();
  }

  private static byte[] lineEnd(int dice) {
    return switch (dice) {
      case 0 -> "\n\n".getBytes(UTF_8);
      case 1, 2, 3 -> "\r\n".getBytes(UTF_8);
      case 4 -> "\r\r\n".getBytes(UTF_8);
      default -> "\n".getBytes(UTF_8);
    };
  }

  private static Left enrich(byte[] standardInput, String... arguments) throws IOException {
    Path rejects = folder.resolve("rejects.json");
    var all = new ArrayList<>(List.of("--geoip", DATABASE, "--rejects", rejects.toString()));
    all.addAll(List.of(arguments));
    var out = new ByteArrayOutputStream();
    CommandRun run = run(standardInput, out, all.toArray(String[]::new));
    List<String> said =
        run.errLines().stream().map(line -> line.replaceFirst("; [0-9.]+ s, .*", "")).toList();
    return new Left(run.exitCode(), out.toString(UTF_8), Files.readString(rejects), said);
  }

  private static CommandRun run(byte[] standardInput, OutputStream out, String... arguments) {
    var command = new EnrichCommand(new ByteArrayInputStream(standardInput), out);
    return CommandRun.of(Sluice.configured(new CommandLine(command)), arguments);
  }

  @Test
  void outputRejectsAndBooksAreTheSameForAnyNumberOfThreadsAndBothParsers() throws IOException {
    String[] inputs = {plain.toString(), "-", gzip.toString()};
    Left twin = enrich(log, with(inputs, "--threads", "1"));
    assertThat(twin.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(twin.json().lines().count()).isGreaterThan(2L * LINES);
    assertThat(twin.rejects()).contains("LINE_TOO_LONG").contains("EMPTY_LINE");
    assertBooksBalance(twin, 3 * lines(log));
    assertSame(twin, enrich(log, with(inputs, "--threads", "2")));
    assertSame(twin, enrich(log, with(inputs, "--threads", "5")));
    assertSame(twin, enrich(log, with(inputs, "--threads", "2", "--parser", "regex")));
    assertSame(twin, enrich(log, with(inputs, "--threads", "1", "--parser", "regex")));
  }

  @Test
  void droppedMaskedAndFlaggedLinesAreTheSameToo() throws IOException {
    String[] steps = {
      "--set",
      "FILTER_RULES=drop static lines=static-files; keep ok status=2xx,4xx",
      "--set",
      "SAMPLE=60%",
      "--set",
      "MASK=emails,tokens,cards",
      "--set",
      "ANONYMISATION=truncate",
      "--set",
      "OUTPUT_GROUPS=derived,quality,event_id",
      "--set",
      "SCHEMA_CHECK=warn",
      plain.toString(),
      gzip.toString()
    };
    Left twin = enrich(new byte[0], with(steps, "--threads", "1"));
    assertBooksBalance(twin, 2 * lines(log));
    assertThat(number(twin.said().get(0), "([0-9,]+) dropped")).isGreaterThan(LINES / 2);
    assertSame(twin, enrich(new byte[0], with(steps, "--threads", "2")));
    assertSame(twin, enrich(new byte[0], with(steps, "--threads", "2", "--parser", "regex")));
  }

  /** What is flagged depends on the lines before, whoever asks for more threads. */
  @Test
  void anomalyFlagsAreTheSameForAnyNumberOfThreads() throws IOException {
    String[] flags = {
      "--set",
      "ANOMALY_FLAGS=true",
      "--set",
      "ANOMALY_WINDOW=10m",
      "--set",
      "ANOMALY_MIN_REQUESTS=3",
      "--set",
      "ANOMALY_DEVIATIONS=1",
      "--set",
      "OUTPUT_GROUPS=quality",
      gzip.toString(),
      "../samples/access.log.gz"
    };
    Left twin = enrich(new byte[0], with(flags, "--threads", "1"));
    assertThat(twin.json()).contains("anomalous_request_rate", "anomalous_error_rate");
    assertSame(twin, enrich(new byte[0], with(flags, "--threads", "4")));
  }

  @Test
  void anInputThatBreaksOffIsTheSameForAnyNumberOfThreads() throws IOException {
    String[] inputs = {cutGzip.toString(), plain.toString()};
    Left twin = enrich(log, with(inputs, "--threads", "1"));
    assertThat(twin.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(twin.said().get(twin.said().size() - 1))
        .startsWith("sluice enrich: cannot read " + cutGzip + " after line ");
    assertSame(twin, enrich(log, with(inputs, "--threads", "3")));
  }

  @Test
  void anOutputThatCannotBeWrittenEndsTheRun() {
    var full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    for (String threads : List.of("1", "2")) {
      CommandRun run = run(log, full, "--threads", threads, "-");
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.errLines())
          .containsExactly("enrich: cannot write to standard output: No space left on device");
    }
  }

  /** One outcome for each line, and what is counted has been written. */
  private static void assertBooksBalance(Left left, long lines) {
    String summary = left.said().get(0);
    long enriched = number(summary, "([0-9,]+) enriched");
    long rejected = number(summary, "([0-9,]+) rejected");
    assertThat(number(summary, "([0-9,]+) in =")).isEqualTo(lines);
    assertThat(enriched + number(summary, "([0-9,]+) dropped") + rejected).isEqualTo(lines);
    assertThat(left.json().lines().count()).isEqualTo(enriched);
    assertThat(left.rejects().lines().count()).isEqualTo(rejected);
  }

  private static long number(String summary, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(summary);
    assertThat(matcher.find()).as(summary).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  /** Line feeds, and one for the last line, which has none. */
  private static long lines(byte[] log) {
    long lines = 1;
    for (byte one : log) {
      lines += one == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Long texts are compared before they are shown. */
  private static void assertSame(Left twin, Left other) {
    assertThat(other.exitCode()).isEqualTo(twin.exitCode());
    assertThat(other.said()).isEqualTo(twin.said());
    assertThat(other.json().equals(twin.json())).as("same JSON").isTrue();
    assertThat(other.rejects().equals(twin.rejects())).as("same rejects").isTrue();
  }

  private static String[] with(String[] inputs, String... options) {
    String[] all = Arrays.copyOf(options, options.length + inputs.length);
    System.arraycopy(inputs, 0, all, options.length, inputs.length);
    return all;
  }

  private static byte[] gzip(byte[] member) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(member);
    }
    return bytes.toByteArray();
  }
}
