package dev.sluice.producers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Replays that end early and go on from the offset that was saved. */
class ReplayResumeTest {
  private static final int REQUEST_LINES = 7;

  private final LogReplay replay = new LogReplay(new FakeClock(), new SplittableRandom(1));

  @TempDir Path folder;
  private Path log;
  private Path offset;
  private ReplayOptions options;

  @BeforeEach
  void files() {
    log = folder.resolve("access.log");
    offset = folder.resolve("access.offset");
    options =
        ReplayOptions.to("access-logs")
            .withPartitionKeys(PartitionKeys.lineNumber())
            .withLimits(new PutRecordsLimits(REQUEST_LINES, 10_000, 2_048))
            .withOffsetFile(offset);
  }

  /** Dies in a request: before or after the records of it are stored. */
  private static final class Dying extends FakeKinesis {
    private final int fatalRequest;
    private final boolean stores;
    private final AtomicInteger requests = new AtomicInteger();

    Dying(int fatalRequest, boolean stores) {
      this.fatalRequest = fatalRequest;
      this.stores = stores;
    }

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      boolean fatal = requests.incrementAndGet() == fatalRequest;
      if (fatal && !stores) {
        throw new AssertionError("killed");
      }
      PutRecordsResponse answer = super.putRecords(request);
      if (fatal) {
        throw new AssertionError("killed");
      }
      return answer;
    }
  }

  @Test
  void losesNothingAndRepeatsARequestAtMostWhereverItDies() throws Exception {
    // of all kinds: empty, with CR, one that is refused, one that only the last line end closes
    List<String> lines =
        IntStream.range(0, 41)
            .mapToObj(i -> i % 9 == 3 ? i + "\r" : i + "x".repeat(i % 11 == 4 ? 3_000 : i % 5))
            .toList();
    Files.writeString(log, String.join("\n", lines));
    List<String> expected =
        lines.stream().map(String::strip).filter(line -> line.length() < 2_000).toList();
    for (int request = 1; request <= 6; request++) {
      for (boolean stores : new boolean[] {false, true}) {
        Files.deleteIfExists(offset);
        var before = new Dying(request, stores);
        assertThatThrownBy(() -> run(before)).isInstanceOf(ReplayStoppedException.class);
        var after = new FakeKinesis();
        run(after);

        List<String> stored = new ArrayList<>(before.storedLines());
        stored.addAll(after.storedLines());
        assertThat(new HashSet<>(stored)).isEqualTo(new HashSet<>(expected));
        assertThat(stored.size() - expected.size())
            .as("sent again after a death in request %d", request)
            .isEqualTo(stores ? before.requests().get(request - 1).records().size() : 0);
        assertThat(numbersByLine(after)).as("numbers go on").isSubsetOf(numbers(lines));
      }
    }
  }

  private static List<String> numbers(List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> lines.get(i).strip() + "=" + (i + 1))
        .toList();
  }

  private static List<String> numbersByLine(FakeKinesis kinesis) {
    return IntStream.range(0, kinesis.storedLines().size())
        .mapToObj(i -> kinesis.storedLines().get(i) + "=" + kinesis.storedKeys().get(i))
        .toList();
  }

  @Test
  void sendsOfAFileThatHasGrownOnlyWhatIsNew() throws Exception {
    Files.writeString(log, "a\nb\n");
    run(new FakeKinesis());
    Files.writeString(log, "a\nb\nc\n");
    var kinesis = new FakeKinesis();
    ReplayResult result = run(kinesis);

    assertThat(kinesis.storedLines()).containsExactly("c");
    assertThat(kinesis.storedKeys()).containsExactly("3");
    assertThat(result.lines()).isEqualTo(1);
    assertThat(run(new FakeKinesis()).lines()).isZero();
  }

  @Test
  void goesOnInACompressedFile() throws Exception {
    try (var out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write("line\n".repeat(20).getBytes(UTF_8));
    }
    assertThatThrownBy(() -> run(new Dying(2, false))).isInstanceOf(ReplayStoppedException.class);
    var kinesis = new FakeKinesis();
    run(kinesis);

    assertThat(kinesis.storedLines()).hasSize(20 - REQUEST_LINES);
  }

  @Test
  void goesOnInStandardInput() throws Exception {
    byte[] lines = "line\n".repeat(10).getBytes(UTF_8);
    var dying = new Dying(2, false);
    assertThatThrownBy(
            () ->
                replay.replay(new ByteArrayInputStream(lines), options, dying, ReplayListener.NONE))
        .isInstanceOf(ReplayStoppedException.class);
    var kinesis = new FakeKinesis();
    replay.replay(new ByteArrayInputStream(lines), options, kinesis, ReplayListener.NONE);

    assertThat(kinesis.storedLines()).hasSize(10 - REQUEST_LINES);
  }

  @Test
  void refusesTheOffsetOfAnotherInputAndSendsNothing() throws Exception {
    Files.writeString(log, "a\nb\n");
    run(new FakeKinesis());
    for (String other : List.of("x\nb\nc\n", "a\n", "")) {
      Files.writeString(log, other);
      var kinesis = new FakeKinesis();

      assertThatThrownBy(() -> run(kinesis))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is that of another input");
      assertThat(kinesis.requests()).isEmpty();
    }
  }

  @Test
  void stopsWhenTheOffsetCannotBeSaved() throws Exception {
    Files.writeString(log, "a\n".repeat(30));
    Files.createDirectory(folder.resolve("access.offset.next"));
    var kinesis = new FakeKinesis();

    assertThatThrownBy(() -> run(kinesis))
        .isInstanceOfSatisfying(
            ReplayStoppedException.class,
            stopped -> {
              assertThat(stopped.reason()).isEqualTo(Reason.OFFSET_NOT_SAVED);
              assertThat(stopped.firstLineNotStored()).isEqualTo(REQUEST_LINES + 1);
            });
    assertThat(kinesis.storedLines()).hasSizeLessThanOrEqualTo(2 * REQUEST_LINES);
  }

  @Test
  void replaysAsManyPassesAsAsked() throws Exception {
    Files.writeString(log, "a\nb\nc");
    var kinesis = new FakeKinesis();
    ReplayResult result = replay.replay(log, options.withPasses(3), kinesis, ReplayListener.NONE);

    assertThat(kinesis.storedLines()).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
    assertThat(kinesis.storedKeys()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(result.lines()).isEqualTo(9);
    assertThat(replay.replay(log, options.withPasses(3), kinesis, ReplayListener.NONE).lines())
        .as("all passes are done")
        .isZero();
  }

  @Test
  void goesOnInThePassWhereItDied() throws Exception {
    Files.writeString(log, "a\nb\nc\nd\n");
    var limits = new PutRecordsLimits(3, 10_000, 2_048);
    var passes = options.withLimits(limits).withPasses(3);
    var before = new Dying(4, false);
    assertThatThrownBy(() -> replay.replay(log, passes, before, ReplayListener.NONE))
        .isInstanceOf(ReplayStoppedException.class);
    var after = new FakeKinesis();
    replay.replay(log, passes, after, ReplayListener.NONE);

    List<String> stored = new ArrayList<>(before.storedLines());
    stored.addAll(after.storedLines());
    Map<String, Long> counts =
        stored.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts).isEqualTo(Map.of("a", 3L, "b", 3L, "c", 3L, "d", 3L));
  }

  @Test
  void loopsUntilNoMoreIsWanted() throws Exception {
    Files.writeString(log, "a\nb\n");
    var kinesis = new FakeKinesis();
    var listener =
        new ReplayListener() {
          @Override
          public boolean wantsMore() {
            return kinesis.storedLines().size() < 50;
          }
        };
    ReplayResult result =
        replay.replay(log, options.withPasses(ReplayOptions.ENDLESS_PASSES), kinesis, listener);

    assertThat(result.sent()).isEqualTo(result.lines()).isEqualTo(kinesis.storedLines().size());
    assertThat(result.sent()).isBetween(50L, 60L);
  }

  @Test
  void endsALoopOverNothing() throws Exception {
    Files.writeString(log, "");

    assertThat(
            replay
                .replay(
                    log,
                    options.withPasses(ReplayOptions.ENDLESS_PASSES),
                    new FakeKinesis(),
                    ReplayListener.NONE)
                .lines())
        .isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    var stream = new ByteArrayInputStream(new byte[0]);

    assertThatThrownBy(
            () ->
                replay.replay(
                    stream, options.withPasses(2), new FakeKinesis(), ReplayListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withInFlight(2)).hasMessageContaining("offset file");
    assertThatThrownBy(() -> options.withPasses(0)).hasMessageContaining("passes: 0");
  }

  private ReplayResult run(FakeKinesis kinesis) throws IOException, InterruptedException {
    return replay.replay(log, options, kinesis, ReplayListener.NONE);
  }
}
