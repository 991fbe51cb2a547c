package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.Sluice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Damaged, binary and vanishing inputs: good lines are answered, nothing is passed over. */
class HostileInputTest {
  /** Stands in every line, and never in what is said about it. */
  private static final String CANARY = "canary";

  private static final String GEO = "../samples/geo.mmdb";
  private static final String ASN = "../samples/asn.mmdb";

  @TempDir private Path folder;

  private record Enriched(CommandRun run, List<String> lines) {}

  private static String line(int number) {
    return "203.0.113."
        + number % 256
        + " - "
        + CANARY
        + " [28/Oct/2025:10:15:30 +0000] \"GET /"
        + CANARY
        + number
        + " HTTP/1.1\" 200 5\n";
  }

  private static byte[] log(int lines) {
    return IntStream.range(0, lines)
        .mapToObj(HostileInputTest::line)
        .collect(Collectors.joining())
        .getBytes(US_ASCII);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static Enriched enrich(InputStream standardInput, String... arguments) {
    var out = new ByteArrayOutputStream();
    var command = new EnrichCommand(standardInput, out);
    CommandRun run = CommandRun.of(Sluice.configured(new CommandLine(command)), arguments);
    assertThat(run.err()).doesNotContain(CANARY, "203.0.113", "\tat ");
    return new Enriched(run, out.toString(UTF_8).lines().toList());
  }

  private static Enriched enrich(Path file, String threads) {
    return enrich(InputStream.nullInputStream(), "--threads", threads, file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aTruncatedGzipAnswersEveryWholeLineBeforeItsEnd(String threads) throws IOException {
    byte[] whole = gzip(log(20_000));
    Path intact = Files.write(folder.resolve("intact.log.gz"), whole);
    Path cut = Files.write(folder.resolve("cut.log.gz"), Arrays.copyOf(whole, whole.length / 2));
    List<String> expected = enrich(intact, "1").lines();
    Enriched left = enrich(cut, threads);
    int answered = left.lines().size();
    assertThat(left.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(left.lines()).hasSizeBetween(5_000, 15_000).isEqualTo(expected.subList(0, answered));
    assertThat(left.run().errLines())
        .endsWith(
            "sluice enrich: cannot read "
                + cut
                + " after line "
                + answered
                + ": gzip data ends in the middle of member 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aGzipWithAWrongChecksumAnswersItsLinesAndFails(String threads) throws IOException {
    byte[] damaged = gzip(log(2_000));
    damaged[damaged.length - 6] ^= 1;
    Path file = Files.write(folder.resolve("checksum.log.gz"), damaged);
    Enriched left = enrich(file, threads);
    assertThat(left.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(left.lines()).hasSize(2_000);
    assertThat(left.run().errLines())
        .endsWith(
            "sluice enrich: cannot read "
                + file
                + " after line 2000: gzip data is damaged: member 1 has a wrong checksum");
  }

  /** Damage in the middle may give wrong bytes before it shows: it always shows. */
  @Test
  void aGzipDamagedAnywhereIsNeverAQuietSuccess() throws IOException {
    byte[] whole = gzip(log(200));
    var dice = new SplittableRandom(8);
    Path file = folder.resolve("damaged.log.gz");
    for (int round = 0; round < 40; round++) {
      byte[] damaged = whole.clone();
      int at = 10 + dice.nextInt(whole.length - 10);
      damaged[at] ^= (byte) (1 << dice.nextInt(8));
      Files.write(file, damaged);
      Enriched left = enrich(file, round % 2 == 0 ? "1" : "2");
      assertThat(left.run().exitCode()).as("byte %d", at).isEqualTo(ExitCode.FAILED);
      assertThat(left.run().err()).contains("cannot read " + file, "member ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void binaryInputIsRejectedLineByLine(String threads) throws IOException {
    var bytes = new byte[1 << 20];
    new SplittableRandom(3).nextBytes(bytes);
    bytes[0] = 0; // looks like no compressed file
    var input = new ByteArrayOutputStream();
    input.write(bytes);
    input.write('\n');
    input.write(log(1));
    Path rejects = folder.resolve("rejects.json");
    Enriched left =
        enrich(
            new ByteArrayInputStream(input.toByteArray()),
            "--threads",
            threads,
            "--rejects",
            rejects.toString());
    assertThat(left.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(left.lines()).hasSize(1);
    List<String> documents = Files.readAllLines(rejects);
    long lines = LineFeeds.count(input.toByteArray(), 0, input.size());
    assertThat(documents).hasSize((int) lines - 1);
    for (String document : documents) {
      requireJson(document);
    }
  }

  /** Text that turns, hides, quotes, asks to be looked up, or takes a naive regex for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"flat", "ecs"})
  void hostileTextIsOneLineOfJsonAndNothingOfItIsRaw(String profile) throws IOException {
    List<String> pieces =
        List.of(
            "\u001b[31m\u0007",
            "\u0000\u0001\u007f",
            "\u2028\u2029\u0085",
            "\u202e\u200b",
            "${jndi:ldap://example.com/a}",
            "\\\"},{\\\"host\\\":\\\"x",
            "\\n{\\\"host\\\":1}\\r\\n",
            "\u00ff\ufffd\ud83d\ude00",
            "((((((",
            "Mozilla/5.0 (; ",
            "Android ".repeat(3),
            "a".repeat(31),
            "/;.%2e%",
            "<script>alert(1)</script>");
    var input = new ByteArrayOutputStream();
    int lines = 0;
    for (String piece : pieces) {
      for (int bytes : new int[] {1, 1_000, 100_000}) {
        String text = piece.repeat(1 + bytes / piece.length());
        for (String each : List.of("/x" + piece, "/" + text)) {
          String request = "203.0.113.7 - - [28/Oct/2025:10:15:30 +0000] \"GET " + each;
          input.write((request + " HTTP/1.1\" 200 5 \"-\" \"" + text + "\"\n").getBytes(UTF_8));
          lines++;
        }
      }
    }
    Enriched left =
        enrich(
            new ByteArrayInputStream(input.toByteArray()),
            "--set",
            "MAX_LINE_BYTES=1048576",
            "--profile",
            profile);
    assertThat(left.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(left.run().err()).startsWith(lines + " in = " + lines + " enriched");
    assertThat(left.lines()).hasSize(lines);
    for (String json : left.lines()) {
      requireJson(json);
      assertThat(json.chars()).noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028);
    }
    assertThat(String.join("", left.lines())).contains("${jndi:ldap://example.com/a}");
  }

  private static void requireJson(String document) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(document)) {
      int tokens = 0;
      while (json.nextToken() != null) {
        tokens++;
      }
      assertThat(tokens).isGreaterThan(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aFileThatVanishesBeforeItsTurnIsNamedAndTheOthersAreAnswered(String threads)
      throws IOException {
    Path vanishing = Files.write(folder.resolve("vanishing.log"), log(3));
    Path staying = Files.write(folder.resolve("staying.log"), log(3));
    var input =
        new ByteArrayInputStream(log(2)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            vanishing.toFile().delete();
            return super.read(target, offset, length);
          }
        };
    Enriched left =
        enrich(input, "--threads", threads, "-", vanishing.toString(), staying.toString());
    assertThat(left.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(left.lines()).hasSize(5);
    assertThat(left.run().errLines())
        .endsWith("sluice enrich: cannot read " + vanishing + ": no such file any more");
  }

  @Test
  void severalInputsThatBreakOffAreAllNamed() throws IOException {
    byte[] whole = gzip(log(100));
    var arguments = new ArrayList<String>();
    for (int i = 1; i <= 3; i++) {
      Path cut = folder.resolve(i + ".log.gz");
      Files.write(cut, Arrays.copyOf(whole, whole.length - 10 * i));
      arguments.add(cut.toString());
    }
    Enriched left = enrich(InputStream.nullInputStream(), arguments.toArray(String[]::new));
    assertThat(left.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(left.run().errLines().stream().filter(line -> line.contains("cannot read")))
        .hasSize(3);
  }

  /** A damaged database is refused with its name, or answers what it can. */
  @ParameterizedTest
  @ValueSource(strings = {GEO, ASN})
  void aDamagedDatabaseIsRefusedOrAnswers(String database) throws IOException {
    byte[] sound = Files.readAllBytes(Path.of(database));
    String option = database.equals(GEO) ? "--geoip" : "--asn";
    var dice = new SplittableRandom(9);
    Path file = folder.resolve("damaged.mmdb");
    byte[] log = log(50);
    for (int round = 0; round < 60; round++) {
      byte[] damaged =
          round % 3 == 0 ? Arrays.copyOf(sound, dice.nextInt(sound.length)) : sound.clone();
      for (int i = 0; round % 3 != 0 && i < 200; i++) {
        damaged[dice.nextInt(damaged.length)] = (byte) dice.nextInt(256);
      }
      Files.write(file, damaged);
      Enriched left = enrich(new ByteArrayInputStream(log), option, file.toString());
      if (left.run().exitCode() == ExitCode.OK) {
        assertThat(left.lines()).hasSize(50);
      } else {
        assertThat(left.run().exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(left.run().errLines()).singleElement().asString().contains(file.toString());
      }
    }
  }
}
