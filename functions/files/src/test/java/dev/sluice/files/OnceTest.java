package dev.sluice.files;

import static dev.sluice.files.FilesFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.files.notice.Notices;
import dev.sluice.files.tracing.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One effect, however often an event comes and wherever its work breaks off. */
class OnceTest {
  private final FilesFixture fixture = FilesFixture.create();

  /** The end of the process: no handler of ours catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void tenAtOnceHaveOneEffect() throws Exception {
    String event = fixture.put("ten.log", lines(0, 2_000));
    var together = new CyclicBarrier(10);
    var calls = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 10; i++) {
      FilesHandler own = fixture.handler(); // an execution environment has one invocation at a time
      calls.add(
          () -> {
            together.await();
            try {
              fixture.invoke(own, event);
              return true;
            } catch (IllegalStateException comesAgain) {
              return false;
            }
          });
    }
    var threads = Executors.newFixedThreadPool(10);
    int done = 0;
    try {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        done += call.get() ? 1 : 0;
      }
    } finally {
      threads.shutdown();
    }
    assertThat(done).isPositive();
    for (int i = done; i < 10; i++) {
      fixture.invoke(fixture.handler(), event); // the others come again
    }
    assertThat(fixture.told()).hasSize(1);
    assertThat(fixture.outputKeys()).hasSize(2);
    assertThat(fixture.items("ten.log")).hasSize(1);
    assertThat(fixture.outputLines("ten.log", "OutputKey")).hasSize(2_000);
    assertThat(fixture.log.stream().filter(line -> line.contains("\"files_done\":1"))).hasSize(1);
  }

  /** Breaks off before the nth call of an operation; the next invocation completes. */
  @ParameterizedTest
  @CsvSource({
    "getObject,1",
    "putObject,1",
    "putObject,2",
    "putObject,3",
    "putItem,3",
    "updateItem,1"
  })
  void brokenOffAnywhereItIsCompletedByTheNext(String operation, int at) {
    String key = operation + at + ".log";
    String event = fixture.put(key, lines(0, 50) + "bad\n");
    var calls = new AtomicInteger();
    Intercepted.Before killing =
        (called, arguments) -> {
          if (called.equals(operation) && calls.incrementAndGet() == at) {
            throw new Killed();
          }
        };
    FilesHandler killed =
        fixture.handler(
            Intercepted.client(S3Client.class, fixture.s3, killing),
            Intercepted.client(DynamoDbClient.class, fixture.dynamoDb, killing),
            fixture.notices(),
            Tracing.OFF);
    assertThatThrownBy(() -> fixture.invoke(killed, event)).isInstanceOf(Killed.class);

    fixture.invoke(fixture.handler(), event);
    assertThat(fixture.state(key)).isEqualTo("DONE");
    assertThat(fixture.outputLines(key, "OutputKey")).hasSize(50);
    assertThat(fixture.outputLines(key, "RejectsKey")).hasSize(1);
    assertThat(fixture.outputKeys()).hasSize(3);
    // Behind the notice a second one cannot be helped; it has the same id.
    assertThat(fixture.told()).hasSize(operation.equals("updateItem") ? 2 : 1);
    assertThat(fixture.told().stream().map(told -> told.attributes().get("notice_id")))
        .containsOnly(fixture.told().get(0).attributes().get("notice_id"));
    fixture.invoke(fixture.handler(), event);
    assertThat(fixture.told()).hasSize(operation.equals("updateItem") ? 2 : 1);
  }

  /** A process that is gone gives nothing back: another has to wait until its time is over. */
  @Test
  void whoIsKilledKeepsTheUploadUntilItsTimeIsOver() {
    String event = fixture.put("kept.log", lines(0, 5));
    Notices killing =
        report -> {
          throw new Killed();
        };
    DynamoDbClient gone =
        Intercepted.client(
            DynamoDbClient.class,
            fixture.dynamoDb,
            (called, arguments) -> {
              if (called.equals("deleteItem")) {
                throw new Killed();
              }
            });
    FilesHandler killed = fixture.handler(fixture.s3, gone, killing, Tracing.OFF);
    assertThatThrownBy(() -> fixture.invoke(killed, event, 60_000)).isInstanceOf(Killed.class);
    assertThatThrownBy(() -> fixture.invoke(fixture.handler(), event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another invocation");
    assertThat(fixture.told()).isEmpty();
    // Its time was a minute; in the item it is over now.
    fixture.expireClaims();
    fixture.invoke(fixture.handler(), event);
    assertThat(fixture.state("kept.log")).isEqualTo("DONE");
    assertThat(fixture.told()).hasSize(1);
  }

  @Test
  void aNoticeThatIsNotTakenIsTriedAgain() {
    String event = fixture.put("quiet.log", lines(0, 5));
    var refused = new AtomicInteger();
    Notices flaky =
        report -> {
          if (refused.getAndIncrement() == 0) {
            ServiceFailure.orThrow(
                "sns:Publish",
                "topic",
                () -> {
                  throw failure(503, "ServiceUnavailable");
                });
          }
          fixture.notices().tell(report);
        };
    FilesHandler handler = fixture.handler(fixture.s3, fixture.dynamoDb, flaky, Tracing.OFF);
    assertThatThrownBy(() -> fixture.invoke(handler, event))
        .isInstanceOf(IllegalStateException.class);
    assertThat(fixture.state("quiet.log")).isEqualTo("PROCESSING");
    assertThat(fixture.item("quiet.log").get("Error").s())
        .isEqualTo("It will be tried again: sns:Publish on topic failed: 503 ServiceUnavailable");
    fixture.invoke(handler, event);
    assertThat(fixture.state("quiet.log")).isEqualTo("DONE");
    assertThat(fixture.told()).hasSize(1);
  }

  private static S3Exception failure(int status, String code) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  @Test
  void aMissingPermissionNamesActionAndResource() {
    String event = fixture.put("secret.log", lines(0, 5));
    for (String operation : List.of("getObject", "putObject")) {
      S3Client refusing =
          Intercepted.client(
              S3Client.class,
              fixture.s3,
              (called, arguments) -> {
                if (called.equals(operation)) {
                  throw failure(403, "AccessDenied");
                }
              });
      fixture.invoke(
          fixture.handler(refusing, fixture.dynamoDb, fixture.notices(), Tracing.OFF), event);
      assertThat(fixture.state("secret.log")).isEqualTo("FAILED");
      String expected =
          operation.equals("getObject")
              ? "no permission for s3:GetObject on arn:aws:s3:::" + fixture.uploads + "/secret.log"
              : "no permission for s3:PutObject on arn:aws:s3:::" + fixture.output + "/files/";
      assertThat(fixture.item("secret.log").get("Error").s()).startsWith(expected);
      event = fixture.errorMessages().get(0); // mended, and moved back
    }
    fixture.invoke(fixture.handler(), event);
    assertThat(fixture.state("secret.log")).isEqualTo("DONE");
    assertThat(fixture.item("secret.log")).doesNotContainKey("Error");
  }

  @Test
  void aServerErrorIsTriedAgain() {
    String event = fixture.put("busy.log", lines(0, 5));
    S3Client failing =
        Intercepted.client(
            S3Client.class,
            fixture.s3,
            (called, arguments) -> {
              if (called.equals("getObject")) {
                throw failure(503, "SlowDown");
              }
            });
    FilesHandler handler =
        fixture.handler(failing, fixture.dynamoDb, fixture.notices(), Tracing.OFF);
    String queue =
        "{\"Records\":[{\"messageId\":\"m1\",\"eventSource\":\"aws:sqs\",\"body\":"
            + FilesHandlerTest.text(event)
            + "}]}";
    assertThat(fixture.invoke(handler, queue))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
    assertThat(fixture.told()).isEmpty();
    assertThat(fixture.invoke(fixture.handler(), queue)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(fixture.state("busy.log")).isEqualTo("DONE");
  }
}
