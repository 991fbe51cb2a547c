package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LambdaReport;
import dev.sluice.local.mariadb.LocalMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each package is below its size, starts, answers and fits into 512 MB; how long that takes is
 * printed, and listed in docs/functions.md.
 */
@Order(11)
class FunctionSizesTest {
  private static final long ZIP_BYTES_MAX = 25L << 20;
  private static final long RESIDENT_BYTES_MAX = 512L << 20;
  private static final double BYTES_PER_MIB = 1 << 20;
  private static final int BATCHES = 30;
  private static final int WARM_UP_BATCHES = 10;
  private static final int BATCH_MESSAGES = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  /** What asks a function for as little as there is: neither AWS nor a database is called. */
  enum Function {
    WINDOWS(
        "windows",
        "dev.sluice.windows.WindowsHandler::handleRequest",
        Map.of("RESULT_TABLE", "results"),
        """
        {"Records":[],"window":{"start":"2020-07-30T17:00:00Z",\
        "end":"2020-07-30T17:05:00Z"},"state":{},"shardId":"shardId-1",\
        "eventSourceARN":"stream-ARN","isFinalInvokeForWindow":false,\
        "isWindowTerminatedEarly":false}"""),
    REGISTRATIONS(
        "registrations",
        "dev.sluice.registrations.RegistrationsHandler::handleRequest",
        Map.of(
            "DATABASE_HOST", "127.0.0.1",
            "DATABASE_NAME", "test",
            "DATABASE_USER", "root",
            "DATABASE_LOGIN", "password",
            "DATABASE_PASSWORD", "unchecked",
            "DATABASE_TLS", "off"),
        """
        {"Records":[{"messageId":"m","body":"no JSON","eventSource":"aws:sqs"}]}"""),
    TWEETS(
        "tweets",
        "dev.sluice.tweets.TweetsHandler::handleRequest",
        Map.of("TWEET_TABLE", "tweets"),
        stream("{\"limit\":{\"track\":1}}")),
    FAN_OUT(
        "fan-out",
        "dev.sluice.functions.fanout.FanOutHandler::handleRequest",
        Map.of(
            "MODE",
            "metrics",
            "GEOIP_CITY_DATABASE",
            PackagedFunction.SAMPLES.resolve("geo.mmdb").toString()),
        stream(
            "192.0.2.1 - - [10/Oct/2026:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"")),
    FILES(
        "files",
        "dev.sluice.files.FilesHandler::handleRequest",
        Map.of(
            "OUTPUT_BUCKET",
            "output",
            "AWS_REGION",
            "us-east-1",
            "GEOIP_CITY_DATABASE",
            PackagedFunction.SAMPLES.resolve("geo.mmdb").toString()),
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"uploads\"}");

    private final String name;
    private final String handler;
    private final Map<String, String> settings;
    private final String event;

    Function(String name, String handler, Map<String, String> settings, String event) {
      this.name = name;
      this.handler = handler;
      this.settings = settings;
      this.event = event;
    }

    private static String stream(String record) {
      return """
          {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1",\
          "sequenceNumber":"49590338271490256608559692538361571095921575989136588898",\
          "data":"%s","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis",\
          "eventVersion":"1.0","eventID":"shardId-000000000006:\
          49590338271490256608559692538361571095921575989136588898",\
          "eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::1:role/r",\
          "awsRegion":"us-east-2",\
          "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/s"}]}"""
          .formatted(Base64.getEncoder().encodeToString(record.getBytes(UTF_8)));
    }

    Path zip() {
      return Path.of("..", "functions", name, "target", "functions-" + name + ".zip");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isSmallAndStartsAndFitsIntoItsMemory(Function each) throws IOException {
    assertThat(Files.size(each.zip())).isLessThan(ZIP_BYTES_MAX);
    var environment = new HashMap<>(each.settings);
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    try (var function =
        PackagedFunction.start("functions/" + each.name, each.zip(), each.handler, environment)) {
      LambdaAnswer answer = function.invoke(each.event.getBytes(UTF_8));

      assertThat(answer.succeeded()).as("%s %s", answer.text(), function.log()).isTrue();
      LambdaReport report = function.lambda().report().orElseThrow();
      long resident = report.maxResidentBytes().orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "function-sizes: %-14s zip %.1f MiB, cold start %d ms, first event %d ms, %.0f MiB"
              + " resident%n",
          each.name,
          Files.size(each.zip()) / BYTES_PER_MIB,
          report.init().toMillis(),
          report.duration().toMillis(),
          resident / BYTES_PER_MIB);
      assertThat(resident).isLessThan(RESIDENT_BYTES_MAX);
    }
  }

  @Test
  void registersBatchAfterBatch(@TempDir Path folder) throws Exception {
    assumeTrue(LocalMariaDb.runsHere(), "there is no MariaDB for this machine");
    try (var stack = RegistrationsStack.start(folder);
        var function = stack.function(Map.of())) {
      long measuredFrom = 0;
      for (int batch = 0; batch < BATCHES; batch++) {
        if (batch == WARM_UP_BATCHES) {
          measuredFrom = System.nanoTime();
        }
        assertThat(function.invoke(messages(batch)).text()).isEqualTo("{\"batchItemFailures\":[]}");
      }
      double seconds = (System.nanoTime() - measuredFrom) / NANOS_PER_SECOND;
      System.out.printf(
          Locale.ROOT,
          "function-sizes: registrations  %.0f messages/s in batches of %d%n",
          (BATCHES - WARM_UP_BATCHES) * BATCH_MESSAGES / seconds,
          BATCH_MESSAGES);
      assertThat(stack.rows()).hasSize(BATCHES * BATCH_MESSAGES).isEqualTo(stack.items());
    }
  }

  private static byte[] messages(int batch) {
    return IntStream.range(0, BATCH_MESSAGES)
        .mapToObj(i -> (long) batch * BATCH_MESSAGES + i)
        .map(
            id ->
                "{\"messageId\":\"m"
                    + id
                    + "\",\"body\":\"{\\\"CustID\\\":"
                    + id
                    + ",\\\"Name\\\":\\\"Customer "
                    + id
                    + "\\\"}\",\"eventSource\":\"aws:sqs\"}")
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"))
        .getBytes(UTF_8);
  }
}
