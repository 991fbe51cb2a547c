package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EnrichCommandTest {

  private static final String SAMPLE_DATABASE = "../samples/geo.mmdb";
  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /product.php HTTP/1.1\" 200 1234"
          + " \"http://example.com/search.php\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
          + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36\"";
  private static final String JSON =
      "{\"host\":\"203.0.113.42\",\"datetime\":\"28/Oct/2025:10:15:30 +0000\","
          + "\"request\":\"GET /product.php HTTP/1.1\",\"response\":\"200\",\"bytes\":\"1234\","
          + "\"referer\":\"http://example.com/search.php\",\"agent\":\"Mozilla/5.0 (Windows NT"
          + " 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"
          + " Safari/537.36\",\"city\":\"Paris\",\"country\":\"France\","
          + "\"location\":{\"lat\":48.8566,\"lon\":2.3522},\"os\":\"Windows\","
          + "\"browser\":\"Chrome\",\"device_type\":\"desktop\",\"webpage\":\"product\","
          + "\"refering_page\":\"search\"}";
  private static final String COMMON =
      "10.0.0.7 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5";
  private static final String COMMON_JSON =
      "{\"host\":\"10.0.0.7\",\"datetime\":\"10/Oct/2000:13:55:36 -0700\","
          + "\"request\":\"GET / HTTP/1.0\",\"response\":\"200\",\"bytes\":\"5\","
          + "\"webpage\":\"index\"}";

  @TempDir Path folder;

  private record Enriched(CommandRun run, List<String> lines) {}

  private static Enriched enrich(byte[] standardInput, String... arguments) {
    var out = new ByteArrayOutputStream();
    var command =
        Sluice.configured(
            new CommandLine(new EnrichCommand(new ByteArrayInputStream(standardInput), out)));
    CommandRun run = CommandRun.of(command, arguments);
    return new Enriched(run, out.toString(UTF_8).lines().toList());
  }

  @Test
  void theLineOfTheContractGivesExactlyItsJson() {
    var enriched = enrich((LINE + "\n").getBytes(UTF_8), "--geoip", SAMPLE_DATABASE);
    assertThat(enriched.lines()).containsExactly(JSON);
    assertThat(enriched.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(enriched.run().err())
        .startsWith("1 in = 1 enriched (0 of them with warnings) + 0 dropped + 0 rejected");
  }

  @Test
  void readsFilesGzipAndStandardInputInTheirOrder() throws IOException {
    Path plain = Files.writeString(folder.resolve("a.log"), COMMON + "\r\n");
    Path gzip = folder.resolve("b.log.gz");
    Files.write(gzip, gzip(LINE + "\n", COMMON));
    var enriched =
        enrich(
            COMMON.getBytes(UTF_8),
            "--geoip",
            SAMPLE_DATABASE,
            plain.toString(),
            "-",
            gzip.toString());
    assertThat(enriched.lines()).containsExactly(COMMON_JSON, COMMON_JSON, JSON, COMMON_JSON);
    assertThat(enriched.run().exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void writesRejectsWithReasonOffsetNumberAndLine() throws IOException {
    Path rejects = folder.resolve("rejects.json");
    String text = COMMON + "\nnonsense\n" + COMMON + "\n";
    byte[] notUtf8 = "\u00ff\n".getBytes(ISO_8859_1);
    byte[] input = Arrays.copyOf(text.getBytes(UTF_8), text.length() + notUtf8.length);
    System.arraycopy(notUtf8, 0, input, text.length(), notUtf8.length);
    var enriched = enrich(input, "--rejects", rejects.toString());
    assertThat(enriched.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(enriched.lines()).containsExactly(COMMON_JSON, COMMON_JSON);
    assertThat(Files.readAllLines(rejects))
        .containsExactly(
            "{\"reason\":\"TRUNCATED\",\"offset\":8,\"line_number\":2,\"line\":\"nonsense\"}",
            "{\"reason\":\"BAD_HOST\",\"offset\":0,\"line_number\":4,\"line_base64\":\"/w==\"}");
    assertThat(enriched.run().err())
        .contains("4 in = 2 enriched (0 of them with warnings) + 0 dropped + 2 rejected");
  }

  @Test
  void rejectsOfSeveralFilesNameTheirFile() throws IOException {
    Path rejects = folder.resolve("rejects.json");
    Path first = Files.writeString(folder.resolve("a.log"), "x\n");
    Path second = Files.writeString(folder.resolve("b.log"), COMMON + "\n");
    enrich(new byte[0], "--rejects", rejects.toString(), first.toString(), second.toString());
    assertThat(Files.readString(rejects)).contains("\"file\":\"" + first + "\",\"line_number\":1");
  }

  @Test
  void aLineThatIsTooLongIsOneRejectAndItsNeighboursLive() throws IOException {
    Path rejects = folder.resolve("rejects.json");
    String input = COMMON + "\n" + "x".repeat(3_000_000) + "\n" + COMMON + "\n";
    var enriched = enrich(input.getBytes(UTF_8), "--rejects", rejects.toString());
    assertThat(enriched.lines()).hasSize(2);
    assertThat(Files.readString(rejects))
        .startsWith("{\"reason\":\"LINE_TOO_LONG\",\"offset\":65536,\"line_number\":2,");
  }

  @Test
  void linesOfAGrowingLogAreWrittenBeforeMoreComes() {
    var out = new ByteArrayOutputStream();
    var writtenBefore = new ArrayList<Long>();
    byte[] line = (COMMON + '\n').getBytes(UTF_8);
    var growing =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            throw new UnsupportedOperationException("nobody reads single bytes");
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            if (at % line.length == 0) {
              writtenBefore.add(out.toString(UTF_8).lines().count());
            }
            int count = Math.min(length, line.length - at % line.length);
            System.arraycopy(line, at % line.length, target, offset, count);
            at += count;
            return at <= 3 * line.length ? count : -1;
          }
        };
    var command = Sluice.configured(new CommandLine(new EnrichCommand(growing, out)));
    assertThat(CommandRun.of(command, "--threads", "1").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(writtenBefore).startsWith(0L, 1L, 2L, 3L);
  }

  @Test
  void anUnusableDatabaseIsOneLineAndExitCode1() throws IOException {
    Path garbage = Files.writeString(folder.resolve("garbage.mmdb"), "no database");
    var enriched = enrich(COMMON.getBytes(UTF_8), "--geoip", garbage.toString());
    assertThat(enriched.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(enriched.run().errLines()).hasSize(1);
    assertThat(enriched.run().err()).contains(garbage.toString());
    assertThat(enriched.lines()).isEmpty();
  }

  private static byte[] gzip(String... members) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (String member : members) {
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(member.getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
