package dev.sluice.consumer.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {
  private static SinkSettings read(Map<String, String> values) {
    var settings = new Settings(values::get);
    SinkSettings read = SinkSettings.from(settings, "logs");
    settings.throwIfInvalid();
    return read;
  }

  @Test
  void isS3AloneUnlessToldOtherwise() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new SinkSettings(
                Set.of(SinkKind.S3),
                "",
                "random",
                1024 * 1024,
                "",
                Optional.empty(),
                8,
                Optional.empty()));
    assertThat(read(Map.of()).hasOthers()).isFalse();
  }

  @Test
  void readsEveryKey() {
    SinkSettings read =
        read(
            Map.of(
                "SINKS", "kinesis, firehose,file,stdout",
                "SINK_STREAM_NAME", "enriched",
                "SINK_PARTITION_KEY", "host",
                "SINK_MAX_RECORD_BYTES", "10485760",
                "SINK_DELIVERY_STREAM", "delivery",
                "SINK_FILE", "/tmp/x",
                "SINK_MAX_CALLS", "3",
                "REJECTS", "sqs",
                "DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/dead"));
    assertThat(read)
        .isEqualTo(
            new SinkSettings(
                Set.of(SinkKind.KINESIS, SinkKind.FIREHOSE, SinkKind.FILE, SinkKind.STDOUT),
                "enriched",
                "host",
                10 * 1024 * 1024,
                "delivery",
                Optional.of(Path.of("/tmp/x")),
                3,
                Optional.of("https://sqs.eu-west-1.amazonaws.com/1/dead")));
    assertThat(read.hasS3()).isFalse();
    assertThat(read.hasOthers()).isTrue();
  }

  private static void assertProblems(Map<String, String> values, String... problems) {
    assertThatThrownBy(() -> read(values))
        .asInstanceOf(type(InvalidSettingsException.class))
        .satisfies(e -> assertThat(e.problems()).containsExactlyInAnyOrder(problems));
  }

  @Test
  void reportsAllProblemsTogether() {
    assertProblems(
        Map.of(
            "SINKS", "kinesis,kafka,file",
            "SINK_DELIVERY_STREAM", "x",
            "SINK_PARTITION_KEY", "a b",
            "SINK_MAX_RECORD_BYTES", "1",
            "SINK_MAX_CALLS", "0",
            "DEAD_LETTER_QUEUE_URL", "x"),
        "SINKS names \"kafka\", none of s3, kinesis, firehose, file, stdout",
        "SINK_STREAM_NAME is not set, and SINKS has kinesis",
        "SINK_FILE is not set, and SINKS has file",
        "SINK_DELIVERY_STREAM is set, and SINKS has no firehose",
        "SINK_PARTITION_KEY is \"a b\", expected random or a key",
        "SINK_MAX_RECORD_BYTES is \"1\", expected a whole number from 2048 to 10485760",
        "SINK_MAX_CALLS is \"0\", expected a whole number from 1 to 256",
        "REJECTS is s3, but SINKS has no s3: set sqs, or add s3",
        "DEAD_LETTER_QUEUE_URL is set, and REJECTS is not sqs");
  }

  @Test
  void neverWritesIntoTheStreamThatItReads() {
    assertProblems(
        Map.of("SINKS", "s3,kinesis", "SINK_STREAM_NAME", "logs"),
        "SINK_STREAM_NAME is \"logs\", the stream that is read");
  }

  @Test
  void takesNoFifoQueue() {
    assertProblems(
        Map.of("REJECTS", "sqs", "DEAD_LETTER_QUEUE_URL", "https://sqs/1/dead.fifo"),
        "DEAD_LETTER_QUEUE_URL is \"https://sqs/1/dead.fifo\","
            + " expected the URL of a standard SQS queue");
  }
}
