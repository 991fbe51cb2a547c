package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SqsMappingOptions;
import dev.sluice.local.notification.BucketNotifications;
import dev.sluice.local.notification.NotificationOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** L4: the packaged function behind a bucket's notifications, by itself and behind a queue. */
@Order(15)
class FilesFunctionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SAME_EVENTS = 10;
  private static final int ENVIRONMENTS = 2;

  private static FilesStack stack;

  @BeforeAll
  static void start() {
    stack = new FilesStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String lines(int from, int to) {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "192.0.2.1 - - [28/Oct/2025:10:15:30 +0000] \"GET /p%d.php HTTP/1.1\" 200 5\n"
              .formatted(i));
    }
    return lines.toString();
  }

  /** A log of 20 members: 2,000 lines. */
  private static byte[] members() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int from = 0; from < 2_000; from += 100) {
      bytes.writeBytes(gzip(lines(from, from + 100)));
    }
    return bytes.toByteArray();
  }

  private static List<String> output(String key) throws IOException {
    String output = stack.items(key).get(0).get("OutputKey").s();
    byte[] packed =
        stack.s3().getObjectAsBytes(get -> get.bucket(FilesStack.OUTPUT).key(output)).asByteArray();
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void theSameEventTenTimesAtOnceHasOneEffectAndAReUploadAnother() throws Exception {
    String key = "ten.log.gz";
    String event = stack.put(key, members());
    int outputs = stack.outputs().size();
    var environments = new ArrayList<PackagedFunction>();
    var threads = Executors.newFixedThreadPool(SAME_EVENTS);
    try {
      var calls = new ArrayList<Callable<LambdaAnswer>>();
      for (int i = 0; i < ENVIRONMENTS; i++) {
        environments.add(stack.function(Map.of()));
      }
      for (int i = 0; i < SAME_EVENTS; i++) {
        PackagedFunction one = environments.get(i % ENVIRONMENTS);
        calls.add(() -> one.invoke(event.getBytes(UTF_8)));
      }
      int succeeded = 0;
      for (Future<LambdaAnswer> call : threads.invokeAll(calls)) {
        succeeded += call.get().succeeded() ? 1 : 0;
      }
      assertThat(succeeded).isPositive(); // the others come again in the service
      assertThat(stack.items(key)).hasSize(1);
      assertThat(stack.state(key)).isEqualTo("DONE");
      assertThat(stack.outputs()).hasSize(outputs + 1);
      assertThat(stack.told(key)).hasSize(1);
      assertThat(output(key)).hasSize(2_000).doesNotHaveDuplicates();

      String again = stack.put(key, members());
      assertThat(environments.get(0).invoke(again.getBytes(UTF_8)).succeeded()).isTrue();
      assertThat(stack.items(key))
          .hasSize(2)
          .allMatch(item -> item.get("State").s().equals("DONE"));
      assertThat(stack.told(key)).hasSize(2);
    } finally {
      threads.shutdown();
      environments.forEach(PackagedFunction::close);
    }
  }

  /**
   * Bucket, queue, function. What failed goes to the queue of errors, which is the dead-letter
   * queue of the other, too; when the settings are mended it is moved back, and done.
   */
  @Test
  void behindAQueueWithDisorderAndRedrive() throws Exception {
    String errors = stack.queue("errors", Map.of());
    String errorsArn = stack.attribute(errors, QueueAttributeName.QUEUE_ARN);
    String input =
        stack.queue(
            "input",
            Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "1",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + errorsArn + "\",\"maxReceiveCount\":\"1000\"}"));
    try (PackagedFunction function =
            stack.function(Map.of("ERROR_QUEUE_URL", errors, "MAX_UNPACKED_BYTES", "20000"));
        BucketNotifications notifications =
            BucketNotifications.toQueue(
                stack.aws().objectChanges(),
                FilesStack.UPLOADS,
                stack.clients().sqs(),
                input,
                NotificationOptions.defaults().withDisorder(0.5, 0.5, 20_261_122));
        EventSourceMapping mapping = mapping(input, function)) {
      stack.put("good.log", lines(0, 50).getBytes(UTF_8));
      stack.put("note.txt", "canary in a text".getBytes(UTF_8));
      stack.put("big.log.gz", members());
      await("good.log", "DONE");
      await("note.txt", "DONE");
      await("big.log.gz", "FAILED");
      Awaitility.await("the text in the log")
          .atMost(PATIENCE)
          .until(() -> function.log().stream().filter(l -> l.contains("canary")).count() == 1);
      Awaitility.await("the error message").atMost(PATIENCE).until(() -> waiting(errors) == 1);
      assertThat(stack.told("big.log.gz")).hasSize(1);
      assertThat(stack.told("big.log.gz").get(0).attributes()).containsEntry("state", "FAILED");
      assertThat(notifications.counts().done()).isGreaterThanOrEqualTo(3);
      Awaitility.await("the mapping")
          .atMost(PATIENCE)
          .until(() -> mapping.counts().succeeded() >= notifications.counts().done());
    }
    try (PackagedFunction mended = stack.function(Map.of("ERROR_QUEUE_URL", errors));
        EventSourceMapping mapping = mapping(input, mended)) {
      stack.clients().sqs().startMessageMoveTask(move -> move.sourceArn(errorsArn));
      await("big.log.gz", "DONE");
      Awaitility.await("the message")
          .atMost(PATIENCE)
          .until(() -> mapping.counts().succeeded() > 0);
      assertThat(waiting(errors)).isZero();
      assertThat(stack.items("big.log.gz")).hasSize(1);
      assertThat(output("big.log.gz")).hasSize(2_000);
      assertThat(stack.told("big.log.gz")).hasSize(2);
    }
  }

  private static EventSourceMapping mapping(String queueUrl, PackagedFunction function) {
    return EventSourceMappings.system()
        .ofQueue(
            stack.clients().sqs(),
            SqsMappingOptions.of(queueUrl).withReportBatchItemFailures(true),
            MappedFunction.of(function.lambda()),
            MappingListener.NONE)
        .start();
  }

  private static long waiting(String queueUrl) {
    return Long.parseLong(
        stack.attribute(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private static void await(String key, String state) {
    Awaitility.await(key).atMost(PATIENCE).until(() -> stack.state(key).equals(state));
  }
}
