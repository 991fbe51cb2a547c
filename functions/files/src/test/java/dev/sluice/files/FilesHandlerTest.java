package dev.sluice.files;

import static dev.sluice.files.FilesFixture.gzip;
import static dev.sluice.files.FilesFixture.lines;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.recording.SnsMessage;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of one file after the other: output, item, notice. */
class FilesHandlerTest {
  private final FilesFixture fixture = FilesFixture.create();
  private final FilesHandler handler = fixture.handler();

  private void process(String event) {
    assertThat(fixture.invoke(handler, event)).isEqualTo("{}");
  }

  @Test
  void aLogIsEnrichedCountedAndTold() throws IOException {
    process(fixture.put("day.log", lines(0, 300) + "no log line\r\n\n"));

    assertThat(fixture.state("day.log")).isEqualTo("DONE");
    assertThat(fixture.count("day.log", "Lines")).isEqualTo(302);
    assertThat(fixture.count("day.log", "Enriched")).isEqualTo(300);
    assertThat(fixture.count("day.log", "Rejected")).isEqualTo(2);
    assertThat(fixture.count("day.log", "Dropped")).isZero();
    assertThat(fixture.item("day.log").get("ContentType").s()).isEqualTo("text/x-test");
    assertThat(fixture.item("day.log").get("Listing").s()).isEqualTo("file");
    assertThat(fixture.item("day.log").get("Kind").s()).isEqualTo("log");
    assertThat(fixture.item("day.log")).doesNotContainKeys("Error", "VersionId");
    List<String> output = fixture.outputLines("day.log", "OutputKey");
    assertThat(output).hasSize(300);
    assertThat(FilesFixture.JSON.readTree(output.get(299)).get("webpage").asText())
        .isEqualTo("page299");
    assertThat(fixture.outputLines("day.log", "RejectsKey"))
        .containsExactly(
            "{\"reason\":\"TRUNCATED\",\"offset\":11,\"line_number\":301,\"line\":\"no log line\"}",
            "{\"reason\":\"EMPTY_LINE\",\"offset\":0,\"line_number\":302,\"line\":\"\"}");
    JsonNode summary = fixture.summary("day.log");
    assertThat(summary.get("lines").asLong()).isEqualTo(300);
    assertThat(summary.get("browsers").toString()).isEqualTo("[[\"Firefox\",300]]");
    assertThat(summary.get("devices").toString()).isEqualTo("[[\"desktop\",300]]");
    assertThat(summary.get("statuses").toString()).isEqualTo("[[\"200\",300]]");
    assertThat(summary.get("pages")).hasSize(20);
    assertThat(summary.get("other").get("pages").asLong()).isEqualTo(280);
    assertThat(summary.get("times").get("from").asText()).isEqualTo("2025-10-28T10:00:00Z");
    assertThat(summary.get("times").get("counts")).hasSize(60);
    SnsMessage told = fixture.told().get(0);
    assertThat(fixture.told()).hasSize(1);
    assertThat(told.subject()).isEqualTo("Sluice: DONE day.log");
    assertThat(told.attributes()).containsEntry("state", "DONE").containsKey("notice_id");
    assertThat(FilesFixture.JSON.readTree(told.message()).get("rejected").asInt()).isEqualTo(2);
    assertThat(fixture.errorMessages()).isEmpty();
    JsonNode line = FilesFixture.JSON.readTree(fixture.log.remove());
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("event_type").asText()).isEqualTo("s3");
    assertThat(line.get("files_done").asInt()).isEqualTo(1);
    assertThat(line.get("lines").asInt()).isEqualTo(302);
  }

  @Test
  void allMembersOfGzipAreRead() {
    var members = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i += 100) {
      members.writeBytes(gzip(lines(i, i + 100)));
    }
    process(fixture.put("many.log.gz", members.toByteArray()));

    assertThat(fixture.state("many.log.gz")).isEqualTo("DONE");
    assertThat(fixture.count("many.log.gz", "Lines")).isEqualTo(2_000);
    assertThat(fixture.outputLines("many.log.gz", "OutputKey"))
        .hasSize(2_000)
        .doesNotHaveDuplicates();
  }

  @Test
  void zstandard() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(packed)) {
      zstd.write(lines(0, 5_000).getBytes(UTF_8));
    }
    process(fixture.put("a.log.zst", packed.toByteArray()));
    assertThat(fixture.count("a.log.zst", "Enriched")).isEqualTo(5_000);

    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 9);
    process(fixture.put("cut.log.zst", cut));
    assertThat(fixture.state("cut.log.zst")).isEqualTo("FAILED");
    assertThat(fixture.item("cut.log.zst").get("Error").s()).contains("Zstandard");
  }

  @Test
  void truncatedGzipKeepsItsGoodLinesAndFailsWithThePlace() {
    byte[] whole = gzip(lines(0, 2_000));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    process(fixture.put("cut.log.gz", cut));

    assertThat(fixture.state("cut.log.gz")).isEqualTo("FAILED");
    long good = fixture.count("cut.log.gz", "Lines");
    assertThat(good).isBetween(500L, 1_999L);
    assertThat(fixture.outputLines("cut.log.gz", "OutputKey")).hasSize((int) good);
    assertThat(fixture.item("cut.log.gz").get("Error").s())
        .isEqualTo(
            "its gzip data ends in the middle of member 1, after line %d and %d of %d bytes"
                .formatted(good, cut.length, cut.length));
    assertThat(fixture.told()).hasSize(1);
    assertThat(fixture.told().get(0).subject()).isEqualTo("Sluice: FAILED cut.log.gz");
    assertThat(fixture.errorMessages()).hasSize(1);
  }

  @Test
  void corruptGzipBehindAGoodMember() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(gzip(lines(0, 100)));
    bytes.writeBytes("rubbish".getBytes(UTF_8));
    process(fixture.put("rubbish.log.gz", bytes.toByteArray()));
    assertThat(fixture.state("rubbish.log.gz")).isEqualTo("FAILED");
    assertThat(fixture.count("rubbish.log.gz", "Enriched")).isEqualTo(100);

    byte[] flipped = gzip(lines(0, 100));
    flipped[flipped.length - 5] ^= 1; // of the checksum
    process(fixture.put("flipped.log.gz", flipped));
    assertThat(fixture.item("flipped.log.gz").get("Error").s()).contains("wrong checksum");
  }

  @Test
  void aNameThatPromisesGzip() {
    process(fixture.put("plain.log.gz", lines(0, 3)));
    assertThat(fixture.item("plain.log.gz").get("Error").s())
        .isEqualTo("its name ends in .gz, and it does not begin as gzip does");
    process(fixture.put("packed.log", gzip(lines(0, 3))));
    assertThat(fixture.count("packed.log", "Enriched")).isEqualTo(3);
  }

  @Test
  void emptyFiles() {
    process(fixture.put("empty.log", ""));
    assertThat(fixture.state("empty.log")).isEqualTo("DONE");
    assertThat(fixture.count("empty.log", "Lines")).isZero();
    assertThat(fixture.outputLines("empty.log", "OutputKey")).isEmpty();
    process(fixture.put("empty.log.gz", ""));
    assertThat(fixture.state("empty.log.gz")).isEqualTo("FAILED");
    process(fixture.put("empty.txt", ""));
    assertThat(fixture.state("empty.txt")).isEqualTo("DONE");
    process(fixture.put("empty.bin", ""));
    assertThat(fixture.state("empty.bin")).isEqualTo("DONE");
  }

  @Test
  void moreThanMayBeUnpacked() {
    FilesHandler bounded = fixture.handler("MAX_UNPACKED_BYTES", "100000");
    fixture.invoke(bounded, fixture.put("bomb.log.gz", gzip(lines(0, 5_000))));
    assertThat(fixture.state("bomb.log.gz")).isEqualTo("FAILED");
    assertThat(fixture.item("bomb.log.gz").get("Error").s())
        .startsWith("it holds more than 100000 bytes unpacked (MAX_UNPACKED_BYTES), after line ");
  }

  @Test
  void aLineThatIsTooLongIsOneRejectBetweenItsNeighbours() throws IOException {
    FilesHandler bounded = fixture.handler("MAX_LINE_BYTES", "1000");
    String tooLong = "x".repeat(2_000_000);
    fixture.invoke(bounded, fixture.put("long.log", lines(0, 1) + tooLong + "\r\n" + lines(1, 2)));
    assertThat(fixture.count("long.log", "Enriched")).isEqualTo(2);
    assertThat(fixture.count("long.log", "Rejected")).isEqualTo(1);
    JsonNode reject =
        FilesFixture.JSON.readTree(fixture.outputLines("long.log", "RejectsKey").get(0));
    assertThat(reject.get("reason").asText()).isEqualTo("LINE_TOO_LONG");
    assertThat(reject.get("line_number").asInt()).isEqualTo(2);
    assertThat(reject.get("length").asInt()).isEqualTo(2_000_000);
    assertThat(reject.get("line").asText()).hasSize(1_000);
  }

  @Test
  void aTextGoesToTheLogEscapedAndCut() throws IOException {
    String text = "first\u001b[31m\u2028\"${jndi:ldap://x}\n" + "é".repeat(3_000);
    process(fixture.put("note.txt", text));
    String logged = fixture.log.remove();
    assertThat(logged).matches("[ -~]+");
    JsonNode line = FilesFixture.JSON.readTree(logged);
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("truncated").asBoolean()).isTrue();
    assertThat(text).startsWith(line.get("text").asText());
    assertThat(line.get("text").asText().getBytes(UTF_8)).hasSizeBetween(4_095, 4_096);
    assertThat(fixture.state("note.txt")).isEqualTo("DONE");
    assertThat(fixture.item("note.txt").get("Kind").s()).isEqualTo("text");
  }

  @Test
  void aTextInAnotherEncodingIsOneLineOfJsonTooAndNoneWhereNobodyWantsIt() throws IOException {
    process(fixture.put("latin.TXT", "caf\u00e9\r\n".getBytes(ISO_8859_1)));
    assertThat(FilesFixture.JSON.readTree(fixture.log.remove()).get("text").asText())
        .isEqualTo("caf\uFFFD\r\n");
    fixture.log.clear();
    FilesHandler quiet = fixture.handler("TEXT_TO_LOG", "false");
    fixture.invoke(quiet, fixture.put("quiet.txt", "secret-canary"));
    assertThat(fixture.log).hasSize(1).noneMatch(line -> line.contains("secret-canary"));
    assertThat(fixture.item("quiet.txt").get("ContentType").s()).isEqualTo("text/x-test");
  }

  @Test
  void ofAnyOtherFileOnlyMetadataIsKept() {
    process(fixture.put("photo.jpg", "no photo"));
    assertThat(fixture.state("photo.jpg")).isEqualTo("DONE");
    assertThat(fixture.count("photo.jpg", "FileSize")).isEqualTo(8);
    assertThat(fixture.item("photo.jpg")).doesNotContainKeys("Lines", "OutputKey");
    assertThat(fixture.outputKeys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with blank + plus.log",
        "naïve/日本語 🚰.log",
        "%2e%2e/%zz.log",
        "a/b/<script>alert(1)</script>.log",
        "quote\"'`$(id);.log"
      })
  void namesOfAllKinds(String key) {
    process(fixture.put(key, lines(0, 2)));
    assertThat(fixture.state(key)).isEqualTo("DONE");
    assertThat(fixture.outputKeys()).hasSize(2).allMatch(k -> k.matches("files/[A-Za-z0-9./_-]+"));
    assertThat(fixture.outputKeys()).noneMatch(k -> k.contains(".."));
    assertThat(fixture.told().get(0).subject()).matches("[ -~]{1,99}");
  }

  @Test
  void aKeyOf1024Bytes() throws IOException {
    String key = ("é".repeat(99) + "/").repeat(5) + "é".repeat(10) + "12345.log";
    assertThat(key.getBytes(UTF_8)).hasSize(1024);
    process(FilesFixture.event("ObjectCreated:Put", fixture.uploads, key, 1, "abc", "", "0A"));
    assertThat(fixture.state(key)).isEqualTo("FAILED");
    assertThat(fixture.told().get(0).subject()).matches("[ -~]{1,99}");
    assertThat(FilesFixture.JSON.readTree(fixture.told().get(0).message()).get("file").asText())
        .isEqualTo(key);
    assertThat(fixture.item(key).get("Listed").s().getBytes(UTF_8)).hasSizeBetween(1_020, 1_024);
  }

  @Test
  void aFileThatVanishedOrWasReplacedIsSaidAndNotTriedForEver() {
    String vanished = fixture.put("gone.log", lines(0, 1));
    fixture.delete("gone.log");
    process(vanished);
    assertThat(fixture.state("gone.log")).isEqualTo("FAILED");
    assertThat(fixture.item("gone.log").get("Error").s())
        .isEqualTo("it was gone before it could be read");

    String replaced = fixture.put("new.log", lines(0, 1));
    String newer = fixture.put("new.log", lines(1, 5));
    process(newer);
    process(replaced); // out of order: the older upload's event after the newer one
    assertThat(fixture.items("new.log")).hasSize(2);
    assertThat(fixture.state("new.log")).isEqualTo("DONE");
    assertThat(fixture.items("new.log").get(1).get("Error").s()).contains("another upload");
  }

  @Test
  void aReUploadIsAnotherFileAndBothStay() {
    process(fixture.put("again.log", lines(0, 2)));
    process(fixture.put("again.log", lines(0, 2)));
    assertThat(fixture.items("again.log"))
        .hasSize(2)
        .allMatch(item -> item.get("State").s().equals("DONE"));
    assertThat(fixture.told()).hasSize(2);
    assertThat(fixture.told().get(0).attributes().get("notice_id"))
        .isNotEqualTo(fixture.told().get(1).attributes().get("notice_id"));
    assertThat(fixture.outputKeys()).hasSize(4);
  }

  @Test
  void deletionsAreRecordedAlsoOfFilesThatNobodyKnows() {
    process(fixture.put("old.log", lines(0, 2)));
    process(fixture.delete("old.log"));
    assertThat(fixture.state("old.log")).isEqualTo("DELETED");
    assertThat(fixture.items("old.log").get(1).get("State").s()).isEqualTo("DONE");
    process(
        FilesFixture.event(
            "ObjectRemoved:DeleteMarkerCreated", fixture.uploads, "never.log", 0, "", "v9", "0B"));
    assertThat(fixture.state("never.log")).isEqualTo("DELETED");
    assertThat(fixture.item("never.log").get("VersionId").s()).isEqualTo("v9");
    assertThat(fixture.told()).hasSize(1);
  }

  @Test
  void aTestEventAndEventsOfTheOutputBucketDoNothing() {
    process("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}");
    process(FilesFixture.event("ObjectCreated:Put", fixture.output, "x.log", 1, "e", "", "0A"));
    assertThat(fixture.outputKeys()).isEmpty();
    assertThat(fixture.items("x.log")).isEmpty();
    assertThat(fixture.log).allMatch(line -> line.contains("\"events_ignored\":1"));
  }

  @Test
  void severalRecordsAndAQueueWhoseBadMessageComesBack() {
    String first = fixture.put("one.log", lines(0, 1));
    String second = fixture.put("two.log", lines(0, 1));
    String batch =
        """
        {"Records":[{"messageId":"m1","eventSource":"aws:sqs","eventSourceARN":"q","body":%s},\
        {"messageId":"m2","eventSource":"aws:sqs","eventSourceARN":"q","body":"bad"},\
        {"messageId":"m3","eventSource":"aws:sqs","eventSourceARN":"q","body":%s}]}"""
            .formatted(text(first), text(second));
    assertThat(fixture.invoke(handler, batch))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
    assertThat(fixture.state("one.log")).isEqualTo("DONE");
    assertThat(fixture.state("two.log")).isEqualTo("DONE");
    String fifo = batch.replace("\"q\"", "\"q.fifo\"");
    assertThat(fixture.invoke(handler, fifo))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"},{\"itemIdentifier\":\"m3\"}]}");
  }

  static String text(String json) {
    return FilesFixture.JSON.getNodeFactory().textNode(json).toString();
  }

  @Test
  void whatFailedComesBackFromItsQueueAndIsDoneOnce() {
    String key = "later +é.log.gz";
    String event = fixture.put(key, "no gzip");
    process(event);
    assertThat(fixture.state(key)).isEqualTo("FAILED");
    String message = fixture.errorMessages().get(0);
    assertThat(message).contains("\"attempt\":2").doesNotContain("no gzip");

    process(event); // the same event changes nothing
    assertThat(fixture.told()).hasSize(1);
    process(message); // moved back, but nothing is mended: another attempt
    assertThat(fixture.told()).hasSize(2);
    process(message);
    assertThat(fixture.told()).hasSize(2);
    assertThat(fixture.items(key)).hasSize(1);
  }

  @Test
  void withoutTimeNothingIsBegunAndALogThatIsTooLongFails() {
    String event = fixture.put("slow.log", lines(0, 10));
    assertThatThrownBy(() -> fixture.invoke(handler, event, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThat(fixture.items("slow.log")).isEmpty();
    process(event);
    assertThat(fixture.state("slow.log")).isEqualTo("DONE");
  }
}
