package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

class LogReplayTest {
  private final FakeClock clock = new FakeClock();
  private final FakeKinesis kinesis = new FakeKinesis();
  private final LogReplay replay = new LogReplay(clock, new SplittableRandom(1));
  private final ReplayOptions options =
      ReplayOptions.to("access-logs").withPartitionKeys(PartitionKeys.lineNumber());

  @TempDir Path directory;

  @Test
  void sendsEveryLineOnceAndBalancesItsBooks() throws Exception {
    List<String> lines = numbered(1_234);

    ReplayResult result = replay(String.join("\n", lines), options);

    assertThat(kinesis.storedLines()).containsExactlyInAnyOrderElementsOf(lines);
    assertThat(result.lines()).isEqualTo(1_234);
    assertThat(result.sent()).isEqualTo(1_234);
    assertThat(result.retried()).isZero();
    assertThat(result.inDoubt()).isZero();
    assertThat(result.refused()).isZero();
    assertThat(result.bytes()).isEqualTo(lines.stream().mapToLong(String::length).sum());
    assertThat(kinesis.requests())
        .extracting(PutRecordsRequest::streamName)
        .containsOnly("access-logs");
  }

  @Test
  void sendsNothingForNothing() throws Exception {
    assertThat(replay("", options).lines()).isZero();
    assertThat(kinesis.requests()).isEmpty();
  }

  @Test
  void sendsEmptyLinesAsRecordsWithoutData() throws Exception {
    replay("\r\na\n\n", options.withPartitionKeys(PartitionKeys.clientAddress()));

    assertThat(kinesis.storedLines()).containsExactly("", "a", "");
    assertThat(kinesis.storedKeys()).containsExactly("1", "a", "3");
  }

  @Test
  void staysWithinTheLimitsOfARequest() throws Exception {
    var random = new Random(11);
    List<String> lines =
        IntStream.range(0, 900)
            .mapToObj(i -> i + "x".repeat(random.nextInt(i % 3 == 0 ? 60_000 : 40)))
            .toList();
    var limits = new PutRecordsLimits(100, 300_000, 200_000);

    replay(String.join("\n", lines), options.withLimits(limits));

    assertThat(kinesis.requests())
        .allSatisfy(
            request -> {
              assertThat(request.records()).hasSizeBetween(1, 100);
              assertThat(bytes(request)).isLessThanOrEqualTo(300_000);
            });
    assertThat(kinesis.storedLines()).containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void fillsRequestsUpToTheDefaultLimits() throws Exception {
    replay("x\n".repeat(1_001), options.withInFlight(1));
    assertThat(kinesis.requests())
        .extracting(request -> request.records().size())
        .containsExactly(500, 500, 1);

    var large = new FakeKinesis();
    String line = "x".repeat(1024 * 1024 - 1);
    replay.replay(
        input((line + "\n").repeat(6)), options.withInFlight(1), large, ReplayListener.NONE);
    assertThat(large.requests())
        .extracting(request -> request.records().size())
        .containsExactly(5, 1);
    assertThat(bytes(large.requests().get(0))).isEqualTo(5 * 1024 * 1024);
  }

  @Test
  void reportsALineThatIsTooLongAndNeverCutsIt() throws Exception {
    var limits = new PutRecordsLimits(500, 10_000, 2_048);
    String fits = "a ".repeat(1_023) + "b"; // 2,047 bytes and a key of one
    String tooLong = "bb" + fits;
    String farTooLong = "c".repeat(5_000_000);
    List<RefusedLine> heard = new ArrayList<>();

    ReplayResult result =
        replay.replay(
            input(String.join("\r\n", "first", tooLong, farTooLong, fits, "last")),
            options.withLimits(limits).withPartitionKeys(PartitionKeys.clientAddress()),
            kinesis,
            new ReplayListener() {
              @Override
              public void refused(RefusedLine line) {
                heard.add(line);
              }
            });

    assertThat(kinesis.storedLines()).containsExactly("first", fits, "last");
    assertThat(result.firstRefused())
        .containsExactly(new RefusedLine(2, 2_049), new RefusedLine(3, 5_000_000))
        .isEqualTo(heard);
    assertThat(result.lines()).isEqualTo(result.sent() + result.refused()).isEqualTo(5);
  }

  @Test
  void listsABoundedNumberOfRefusedLines() throws Exception {
    var limits = new PutRecordsLimits(500, 10_000, 2_048);

    ReplayResult result =
        replay(("x".repeat(2_048) + "\n").repeat(150), options.withLimits(limits));

    assertThat(result.refused()).isEqualTo(150);
    assertThat(result.firstRefused()).hasSize(ReplayResult.MAX_REFUSED_LISTED);
    assertThat(kinesis.requests()).isEmpty();
  }

  @Test
  void sendsOnlyFailedEntriesAgainWhenAThirdFails() throws Exception {
    var random = new Random(30);
    kinesis.refusingEntries(entry -> random.nextInt(100) < 30);
    List<String> lines = numbered(20_000);
    Map<Long, String> sequenceNumbers = new HashMap<>();

    ReplayResult result =
        replay.replay(
            input(String.join("\n", lines)),
            options,
            kinesis,
            new ReplayListener() {
              @Override
              public void accepted(long lineNumber, String shardId, String sequenceNumber) {
                assertThat(sequenceNumbers.put(lineNumber, sequenceNumber)).isNull();
              }
            });

    List<String> stored = kinesis.storedLines();
    // Sorted: an assertion in any order looks for each of them in all of them.
    assertThat(stored.stream().sorted().toList()).isEqualTo(lines.stream().sorted().toList());
    int attempts = kinesis.requests().stream().mapToInt(request -> request.records().size()).sum();
    assertThat(result.retried()).isEqualTo(attempts - 20_000).isBetween(7_500L, 9_500L);
    assertThat(result.inDoubt()).isZero();
    assertThat(sequenceNumbers).hasSize(20_000);
    sequenceNumbers.forEach(
        (line, number) ->
            assertThat(stored.get(Integer.parseInt(number) - 1))
                .isEqualTo(lines.get((int) (line - 1))));
  }

  @Test
  void completesAfterHalfAMinuteOfThrottling() throws Exception {
    long throttledUntil = clock.nanoTime() + Duration.ofSeconds(30).toNanos();
    kinesis.refusingEntries(entry -> clock.nanoTime() < throttledUntil);

    ReplayResult result = replay(String.join("\n", numbered(2_000)), options.withInFlight(1));

    assertThat(result.sent()).isEqualTo(2_000);
    assertThat(result.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    assertThat(kinesis.requests()).as("attempts").hasSizeLessThan(50);
  }

  @Test
  void sendsAThrottledRequestAgainWithoutDoubt() throws Exception {
    kinesis.failing(3, FakeKinesis.error(400, "ProvisionedThroughputExceededException"));

    ReplayResult result = replay("a\nb", options);

    assertThat(kinesis.storedLines()).containsExactly("a", "b");
    assertThat(result.retried()).isEqualTo(6);
    assertThat(result.inDoubt()).isZero();
  }

  @Test
  void saysHowManyLinesALostAnswerMayHaveDoubled() throws Exception {
    kinesis.losingAnswers(1, lost(new SocketException("Connection reset")));

    ReplayResult result = replay("a\nb", options);

    assertThat(kinesis.storedLines()).containsExactly("a", "b", "a", "b");
    assertThat(result.sent()).isEqualTo(2);
    assertThat(result.inDoubt()).isEqualTo(2);
  }

  @Test
  void sendsARequestAgainWhoseAnswerBrokeOffWithinItsHead() throws Exception {
    kinesis.losingAnswers(1, new UncheckedIOException(new SocketException("Connection reset")));

    ReplayResult result = replay("a\nb", options);

    assertThat(kinesis.storedLines()).containsExactly("a", "b", "a", "b");
    assertThat(result.inDoubt()).isEqualTo(2);
  }

  @Test
  void doubtsNothingThatNeverLeft() throws Exception {
    kinesis.failing(1, lost(new ConnectException("Connection refused")));

    assertThat(replay("a\nb", options).inDoubt()).isZero();
  }

  @Test
  void stopsLoudlyWhenAllAttemptsAreInVain() {
    kinesis.refusingEntries(entry -> entry >= 500);

    ReplayStoppedException stopped =
        stopped(String.join("\n", numbered(1_200)), options.withInFlight(1));

    assertThat(stopped.reason()).isEqualTo(Reason.RETRIES_EXHAUSTED);
    assertThat(stopped)
        .hasMessage(
            "gave up after 50 attempts in vain (ProvisionedThroughputExceededException);"
                + " 500 lines are stored, the first not stored is line 501");
    assertThat(stopped.result().sent()).isEqualTo(500);
    assertThat(stopped.firstLineNotStored()).isEqualTo(501);
  }

  @Test
  void namesTheFirstLineNotStoredInTheMiddleOfABatch() {
    kinesis.refusingEntries(entry -> entry == 7 || entry >= 10);

    assertThat(stopped("x\n".repeat(10), options).firstLineNotStored()).isEqualTo(8);
  }

  @Test
  void stopsAtOnceWhenTheServiceRefusesForGood() {
    kinesis.failing(1, FakeKinesis.error(400, "ResourceNotFoundException"));

    ReplayStoppedException stopped = stopped("a\nb\n", options);

    assertThat(stopped.reason()).isEqualTo(Reason.REFUSED);
    assertThat(stopped)
        .hasMessage(
            "Kinesis refused to write to stream access-logs (ResourceNotFoundException: says the"
                + " fake); 0 lines are stored, the first not stored is line 1");
    assertThat(kinesis.requests()).hasSize(1);
  }

  @Test
  void stopsSoonWhenNobodyAnswersAtAll() {
    kinesis.failing(Integer.MAX_VALUE, lost(new ConnectException("Connection refused")));

    ReplayStoppedException stopped = stopped("a\nb\n", options);

    assertThat(stopped.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(stopped).hasMessageContaining("no answer from Kinesis (Connection refused)");
    assertThat(stopped.result().elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void hasMorePatienceWithAServiceThatHasAnsweredBefore() throws Exception {
    long downUntil = clock.nanoTime() + Duration.ofSeconds(40).toNanos();
    var restarting = new RestartingKinesis(clock, downUntil);

    ReplayResult result =
        replay.replay(
            input(String.join("\n", numbered(600))),
            options.withInFlight(1),
            restarting,
            ReplayListener.NONE);

    assertThat(result.sent()).isEqualTo(600);
    assertThat(result.elapsed()).isGreaterThan(Duration.ofSeconds(40));
  }

  @Test
  void stopsWhenAListenerFails() {
    ReplayStoppedException stopped =
        catchThrowableOfType(
            ReplayStoppedException.class,
            () ->
                replay.replay(
                    input("a"),
                    options,
                    kinesis,
                    new ReplayListener() {
                      @Override
                      public void accepted(long line, String shardId, String sequenceNumber) {
                        throw new IllegalStateException("listener");
                      }
                    }));

    assertThat(stopped.reason()).isEqualTo(Reason.INTERNAL);
    assertThat(stopped).hasRootCauseMessage("listener");
  }

  @Test
  void keepsThePaceAskedFor() throws Exception {
    ReplayResult result =
        replay(String.join("\n", numbered(5_000)), options.withLinesPerSecond(250));

    assertThat(result.linesPerSecond()).isCloseTo(250, withPercentage(5));
    assertThat(kinesis.requests())
        .allSatisfy(request -> assertThat(request.records()).hasSizeLessThanOrEqualTo(25));
  }

  @Test
  void hasAsManyRequestsInFlightAsAskedForAndNoMore() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var allThree = new CountDownLatch(3);
    kinesis.beforeAnswer(
        () -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          allThree.countDown();
          try {
            assertThat(allThree.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          now.decrementAndGet();
        });

    replay("x\n".repeat(500 * 20), options.withInFlight(3));

    assertThat(most).hasValue(3);
  }

  @Test
  void readsGzipOfSeveralMembersWhateverTheFileIsCalled() throws Exception {
    Path file = directory.resolve("access.log");
    Files.write(file, concatenated(gzip("a\nb\r\n"), gzip("c")));

    ReplayResult result = replay.replay(file, options, kinesis, ReplayListener.NONE);

    assertThat(result.lines()).isEqualTo(3);
    assertThat(kinesis.storedLines()).containsExactly("a", "b", "c");
  }

  @Test
  void readsGzipAndPlainTextFromAStream() throws Exception {
    replay.replay(new ByteArrayInputStream(gzip("a\nb\n")), options, kinesis, ReplayListener.NONE);
    replay("c", options);

    assertThat(kinesis.storedLines()).containsExactly("a", "b", "c");
  }

  @Test
  void keepsTheGoodLinesOfADamagedFileAndSaysWhereItEnds() throws Exception {
    kinesis.refusingEntries(entry -> entry < 100);
    String text = String.join("\n", numbered(3_000));
    byte[] whole = concatenated(gzip("first\n"), gzip(text));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);

    ReplayStoppedException stopped =
        catchThrowableOfType(
            ReplayStoppedException.class,
            () ->
                replay.replay(
                    new ByteArrayInputStream(cut), options, kinesis, ReplayListener.NONE));

    int stored = kinesis.storedLines().size();
    assertThat(stored).isGreaterThan(100);
    assertThat(stopped.reason()).isEqualTo(Reason.INPUT_UNREADABLE);
    assertThat(stopped)
        .hasMessage(
            "cannot read on: gzip data ends in the middle of member 2; %d lines are stored, the"
                + " first not stored is line %d",
            stored, stored + 1);
  }

  @Test
  void reportsProgress() throws Exception {
    Path file = directory.resolve("access.log");
    Files.writeString(file, "x\n".repeat(1_200));
    List<ReplayProgress> heard = new ArrayList<>();

    replay.replay(
        file,
        options,
        kinesis,
        new ReplayListener() {
          @Override
          public void progress(ReplayProgress progress) {
            heard.add(progress);
          }
        });

    ReplayProgress last = heard.get(heard.size() - 1);
    assertThat(heard).hasSize(3);
    assertThat(last.sent()).isEqualTo(1_200);
    assertThat(last.inputBytesRead()).isEqualTo(2_400);
    assertThat(last.inputBytes()).hasValue(2_400);
  }

  private ReplayResult replay(String text, ReplayOptions with) throws Exception {
    return replay.replay(input(text), with, kinesis, ReplayListener.NONE);
  }

  private ReplayStoppedException stopped(String text, ReplayOptions with) {
    return catchThrowableOfType(ReplayStoppedException.class, () -> replay(text, with));
  }

  private static ByteArrayInputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
  }

  private static int bytes(PutRecordsRequest request) {
    int sum = 0;
    for (PutRecordsRequestEntry entry : request.records()) {
      sum += entry.data().asByteArrayUnsafe().length + entry.partitionKey().length();
    }
    return sum;
  }

  private static RuntimeException lost(IOException cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Answers the first request, then refuses connections until a given time. */
  private static final class RestartingKinesis implements KinesisClient {
    private final FakeKinesis behind = new FakeKinesis();
    private final FakeClock clock;
    private final long downUntil;

    RestartingKinesis(FakeClock clock, long downUntil) {
      this.clock = clock;
      this.downUntil = downUntil;
    }

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      if (!behind.requests().isEmpty() && clock.nanoTime() < downUntil) {
        throw lost(new ConnectException("Connection refused"));
      }
      return behind.putRecords(request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
