package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ExitCode;
import dev.sluice.cli.Sluice;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./sluice enrich} in a JVM of its own: what only a small heap or a real pipe shows. */
class EnrichProcessTest {
  /** Bound of every wait; none of them is a measurement. */
  private static final int MAX_SECONDS = 180;

  private static final int MIB = 1024 * 1024;
  private static final long BOMB_BYTES = 1024L * MIB;
  private static final String LINE =
      "10.0.0.7 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5\n";

  @TempDir private Path folder;

  private Process start(String heap, ProcessBuilder.Redirect out, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sluice.class.getName()));
    command.add("enrich");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(out)
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private int exitCode(Process process) throws InterruptedException, IOException {
    try {
      assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).as(err()).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Members of zeros, which together are one line of 1 GiB between two good ones. */
  private Path bomb() throws IOException {
    byte[] zeros = gzip(new byte[16 * MIB]);
    Path file = folder.resolve("bomb.log.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(gzip(LINE.getBytes(UTF_8)));
      for (long bytes = 0; bytes < BOMB_BYTES; bytes += 16 * MIB) {
        out.write(zeros);
      }
      out.write(gzip(("\n" + LINE).getBytes(UTF_8)));
    }
    return file;
  }

  /** 512 MiB in lines that are just short enough to be looked at. */
  private Path bombOfLines() throws IOException {
    byte[] line = new byte[64 * 1024];
    Arrays.fill(line, (byte) '"');
    line[line.length - 1] = '\n';
    var lines = new ByteArrayOutputStream();
    for (int bytes = 0; bytes < 16 * MIB; bytes += line.length) {
      lines.write(line);
    }
    byte[] member = gzip(lines.toByteArray());
    Path file = folder.resolve("lines.log.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int bytes = 0; bytes < 512 * MIB; bytes += 16 * MIB) {
        out.write(member);
      }
      out.write(gzip(LINE.getBytes(UTF_8)));
    }
    return file;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aLineOfAGibibyteIsOneRejectInASmallHeap(String threads)
      throws IOException, InterruptedException {
    Path rejects = folder.resolve("rejects.json");
    Path out = folder.resolve("out");
    Process process =
        start(
            "64m",
            ProcessBuilder.Redirect.to(out.toFile()),
            "--threads",
            threads,
            "--rejects",
            rejects.toString(),
            bomb().toString());
    assertThat(exitCode(process)).as(err()).isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(out)).hasSize(2);
    assertThat(Files.readAllLines(rejects))
        .singleElement()
        .asString()
        .startsWith(
            "{\"reason\":\"LINE_TOO_LONG\",\"offset\":65536,\"line_number\":2,\"length\":"
                + BOMB_BYTES
                + ",")
        .hasSizeLessThan(7 * 65_536); // a zero is six characters of JSON
    assertThat(err()).startsWith("3 in = 2 enriched");
  }

  @Test
  void halfAGibibyteOfHopelessLinesIsRejectedInASmallHeap()
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process =
        start(
            "64m",
            ProcessBuilder.Redirect.to(out.toFile()),
            "--threads",
            "2",
            bombOfLines().toString());
    assertThat(exitCode(process)).as(err()).isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(out)).hasSize(1);
    assertThat(err()).startsWith("8,193 in = 1 enriched").contains("8,192 rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aReaderThatGoesAwayEndsTheRunWithOneSentence(String threads)
      throws IOException, InterruptedException {
    Process process =
        start(
            "256m",
            ProcessBuilder.Redirect.PIPE,
            "--threads",
            threads,
            "../samples/access.log.gz",
            "../samples/access.log.gz");
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(reader.readLine()).startsWith("{\"host\":");
    }
    assertThat(exitCode(process)).isEqualTo(ExitCode.FAILED);
    assertThat(err().lines())
        .singleElement()
        .asString()
        .startsWith("sluice enrich: cannot write to standard output: ");
  }
}
