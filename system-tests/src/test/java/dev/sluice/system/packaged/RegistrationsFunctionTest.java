package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mariadb.LocalMariaDb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged function behind a mapping of a real queue: L2, L3 and S7 end to end. */
@Order(1)
class RegistrationsFunctionTest {
  private static final int MAX_RECEIVES = 5;
  private static final int NO_DEAD_LETTERS = 1_000;
  private static final String ACCEPTANCE =
      """
      {"Records":[{"messageId":"059f36b4-87a3-44ab-83d2-661975830a7d",\
      "receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",\
      "body":"{\\n     \\"CustID\\": 1021,\\n     \\"Name\\": \\"Martha Rivera\\"\\n}",\
      "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183",\
      "SenderId":"AIDAIENQZJOLO23YVJ4VO","ApproximateFirstReceiveTimestamp":"1545082649185"},\
      "messageAttributes":{},"md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3",\
      "eventSource":"aws:sqs",\
      "eventSourceARN":"arn:aws:sqs:us-east-1:108791993403:project-terraform-s3-event-notification-queue",\
      "awsRegion":"us-east-1"}]}""";

  /** SQL, templates, directions, surrogates, nothing visible, and every control character. */
  private static final List<String> NAUGHTY =
      List.of(
          "Robert'); DROP TABLE `Customer`; --",
          "' OR '1'='1",
          "\" ; SELECT SLEEP(10) -- ",
          "1; INSERT INTO Customer VALUES (9,'x') #",
          "\\'; \\\\ \\0 \\n \\u0041 \\",
          "%s %n %d ${jndi:ldap://x} #{7*7} {{7*7}} $(id) `id`",
          "\ud83e\udd80\ud83c\uddeb\ud83c\uddf7\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\u202e\u2066abc\u2069 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
          "\u2028\u2029\ufeff\u200b\u00a0",
          "Zalgo: Z\u0351\u036b\u0343\u036a\u0302\u036b",
          "e\u0301 is not \u00e9",
          " leading and trailing ",
          "NULL",
          "\u00ff\u0080\ufffd\uffff",
          "\u0000\u0001\u0002\u0008\t\n\u000b\f\r\u001b[31m\u007f",
          "<script>alert(1)</script>&amp;",
          "x".repeat(10_000),
          "\ud83e\udd80".repeat(10_000));

  @TempDir static Path folder;
  private static RegistrationsStack stack;
  private static PackagedFunction function;

  @BeforeAll
  static void start() {
    assumeTrue(LocalMariaDb.runsHere(), "there is no MariaDB for this machine");
    stack = RegistrationsStack.start(folder);
    function = stack.function(Map.of());
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      function.close();
      stack.close();
    }
  }

  @BeforeEach
  void clear() throws Exception {
    stack.clear();
    // The connection that the function has kept knows the table that is gone.
    stack.sql(
        "CREATE TABLE Customer (CustID BIGINT PRIMARY KEY, Name TEXT NOT NULL)"
            + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  }

  @Test
  void bothAcceptanceInputsAreInBothStores() throws Exception {
    LambdaAnswer answer = function.invoke(ACCEPTANCE.getBytes(UTF_8));
    assertThat(answer.text()).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(stack.items()).isEqualTo(Map.of(1021L, "Martha Rivera"));
    String queue = stack.queue("acceptance");
    stack.send(queue, List.of("{\"CustID\":1054,\"Name\":\"Richard Roe\"}"));
    try (EventSourceMapping mapping = stack.mapping(queue, function, 10, MappingListener.NONE)) {
      RegistrationsStack.await("the message").until(() -> mapping.counts().succeeded() == 1);
    }
    assertThat(stack.items())
        .isEqualTo(Map.of(1021L, "Martha Rivera", 1054L, "Richard Roe"))
        .isEqualTo(stack.rows());
    assertThat(stack.messages(queue)).isZero();
  }

  @Test
  void poisonEndsInTheDeadLetterQueueAsItCameAndTheRedriveWorksAfterTheFix() throws Exception {
    stack.sql("ALTER TABLE Customer MODIFY Name VARCHAR(20) NOT NULL"); // what is to be fixed
    String tooLong = "a name of more than twenty characters \ud83e\udd80";
    List<String> malformed =
        List.of(
            "no JSON \ud83e\udd80 \u2028 \"",
            "{\"CustID\":\"7\",\"Name\":\"text\"}",
            "{\"CustID\":1.5,\"Name\":\"fraction\"}",
            "{\"CustID\":-1,\"Name\":\"negative\"}",
            "{\"CustID\":9223372036854775808,\"Name\":\"beyond\"}",
            "{\"CustID\":8}",
            " [] ",
            "[".repeat(100_000));
    var poison = new ArrayList<String>(malformed);
    var expected = new TreeMap<Long, String>();
    var bodies = new ArrayList<String>(malformed);
    for (long i = 0; i < 30; i++) {
      boolean refused = i % 10 == 3;
      String name = refused ? tooLong + i : "name " + i;
      bodies.add(RegistrationsStack.body(i, name));
      if (refused) {
        poison.add(RegistrationsStack.body(i, name));
      } else {
        expected.put(i, name);
      }
    }
    String dead = stack.queue("dead");
    String queue = stack.queue("fragile", dead, MAX_RECEIVES);
    stack.send(queue, bodies);
    try (EventSourceMapping mapping = stack.mapping(queue, function, 10, MappingListener.NONE)) {
      RegistrationsStack.await("dead letters")
          .until(() -> stack.messages(dead) == poison.size() && stack.messages(queue) == 0);
      assertThat(mapping.counts().returned()).isEqualTo((long) MAX_RECEIVES * poison.size());
      assertThat(stack.items()).isEqualTo(expected).isEqualTo(stack.rows());
      assertThat(stack.bodies(dead)).containsExactlyInAnyOrderElementsOf(poison);

      stack.sql("ALTER TABLE Customer MODIFY Name TEXT NOT NULL");
      for (long i = 3; i < 30; i += 10) {
        expected.put(i, tooLong + i);
      }
      RegistrationsStack.await("all letters are visible again")
          .until(() -> stack.visible(dead) == poison.size());
      stack
          .sqs()
          .startMessageMoveTask(
              move -> move.sourceArn(stack.arn(dead)).destinationArn(stack.arn(queue)));
      RegistrationsStack.await("those that can be registered now")
          .until(() -> stack.items().equals(expected));
      RegistrationsStack.await("dead letters again")
          .until(() -> stack.messages(dead) == malformed.size() && stack.messages(queue) == 0);
    }
    assertThat(stack.rows()).isEqualTo(expected);
    assertThat(stack.bodies(dead)).containsExactlyInAnyOrderElementsOf(malformed);
  }

  @Test
  void aDatabaseThatIsKilledInMidBatchEndsWithTheSameInBothStores() throws Exception {
    var random = new Random(20_261_122);
    var bodies = new ArrayList<String>();
    var expected = new TreeMap<Long, String>();
    for (int i = 0; i < 1_500; i++) {
      long custId = i % 1_200; // some twice, with the same name: the queue keeps no order
      bodies.add(RegistrationsStack.body(custId, "name " + custId));
      expected.put(custId, "name " + custId);
    }
    String queue = stack.queue("killed", stack.queue("killed-dead"), NO_DEAD_LETTERS);
    stack.send(queue, bodies);
    var begun = new Semaphore(0);
    var listener =
        new MappingListener() {
          @Override
          public void invoking(String source, int records) {
            begun.release();
          }
        };
    try (EventSourceMapping mapping = stack.mapping(queue, function, 100, listener)) {
      for (int kill = 0; kill < 3; kill++) {
        begun.acquire(1 + random.nextInt(2));
        begun.drainPermits();
        begun.acquire(); // a batch is on its way
        stack.database().kill();
        long failures = mapping.counts().failures();
        RegistrationsStack.await("the function has met a database that is away")
            .until(() -> mapping.counts().failures() > failures);
        stack.database().restart();
      }
      RegistrationsStack.await("an empty queue").until(() -> stack.messages(queue) == 0);
      assertThat(mapping.counts().succeeded()).isEqualTo(bodies.size());
      assertThat(mapping.counts().returned()).isPositive();
    }
    assertThat(stack.rows()).isEqualTo(expected).isEqualTo(stack.items());
  }

  @Test
  void naughtyNamesAreTheSameToTheByteInBothStores() throws Exception {
    var expected = new TreeMap<Long, String>();
    var bodies = new ArrayList<String>();
    for (int i = 0; i < NAUGHTY.size(); i++) {
      expected.put((long) i, NAUGHTY.get(i));
      bodies.add(escaped(RegistrationsStack.body(i, NAUGHTY.get(i))));
    }
    String queue = stack.queue("naughty");
    stack.send(queue, bodies);
    try (EventSourceMapping mapping = stack.mapping(queue, function, 10, MappingListener.NONE)) {
      RegistrationsStack.await("all names")
          .until(() -> mapping.counts().succeeded() == bodies.size());
    }
    assertThat(stack.items()).isEqualTo(expected);
    assertThat(stack.rows()).isEqualTo(expected);
    assertThat(function.log().toString()).doesNotContain("DROP TABLE", "jndi");
  }

  /** SQS refuses some characters, U+FFFF among them; JSON has another way to write them. */
  private static String escaped(String json) {
    return json.replace("\uffff", "\\uffff");
  }
}
