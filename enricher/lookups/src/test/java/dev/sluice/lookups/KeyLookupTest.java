package dev.sluice.lookups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.lookups.LookupCounts.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyLookupTest {
  private static final Duration FOUND_TTL = Duration.ofMinutes(10);
  private static final Duration ABSENT_TTL = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int MAX_FAILURES = 3;

  /** Longer than any test waits, unless something is broken. */
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Waited for in earnest, though the ticker stands still meanwhile. */
  private static final Duration SHORT = Duration.ofMillis(50);

  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedSource source = new ScriptedSource(2, 3);
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final KeyLookup lookup =
      new KeyLookup(
          source,
          new CacheSettings(100, FOUND_TTL, ABSENT_TTL),
          MAX_FAILURES,
          PAUSE,
          new LookupEvents() {
            @Override
            public void sourceRests(String name, Duration pause, String why) {
              events.add(name + " rests " + pause + ": " + why);
            }

            @Override
            public void sourceIsBack(String name) {
              events.add(name + " is back");
            }
          },
          ticker);

  @AfterEach
  void close() {
    source.gate.countDown();
    lookup.close();
    assertThat(source.closed).isTrue();
  }

  private Map<String, Answer> ask(String... keys) {
    return lookup.begin(List.of(keys), Deadline.in(LONG, ticker)).await();
  }

  private static Answer found(String json) {
    return Answer.found(json.getBytes(UTF_8));
  }

  private void assertCounts(long cached, long found, long absent, long failed, long late, long no) {
    LookupCounts counts = lookup.counts();
    assertThat(
            List.of(
                counts.keys(Result.CACHED),
                counts.keys(Result.FOUND),
                counts.keys(Result.ABSENT),
                counts.keys(Result.FAILED),
                counts.keys(Result.LATE),
                counts.keys(Result.NOT_ASKED)))
        .as("cached, found, absent, failed, late, not asked")
        .containsExactly(cached, found, absent, failed, late, no);
    assertThat(counts.calls()).isEqualTo(source.calls.size());
  }

  @Test
  void asksForWhatTheCacheDoesNotKnow() {
    source.answers.put("a", found("1"));
    source.answers.put("b", Answer.ABSENT);
    source.answers.put("c", found("3"));
    assertThat(ask("a", "b"))
        .containsOnly(
            Map.entry("a", source.answers.get("a")), Map.entry("b", source.answers.get("b")));
    assertThat(ask("a", "b", "c")).hasSize(3);
    assertThat(source.calls).hasSize(2);
    assertThat(source.calls.get(1)).containsExactly("c");
    assertCounts(2, 2, 1, 0, 0, 0);
  }

  @Test
  void forgetsWhatIsThereLaterThanWhatIsNot() {
    source.answers.put("a", found("1"));
    source.answers.put("b", Answer.ABSENT);
    ask("a", "b");
    ticker.advance(ABSENT_TTL);
    ask("a", "b");
    assertThat(source.calls.get(1)).containsExactly("b");
    ticker.advance(FOUND_TTL.minus(ABSENT_TTL));
    ask("a");
    assertThat(source.calls.get(2)).containsExactly("a");
  }

  @Test
  void rememberedFailuresAreNotAskedForInThePause() {
    source.answers.put("a", Answer.FAILED);
    assertThat(ask("a").get("a").isUnavailable()).isTrue();
    assertThat(ask("a").get("a").isUnavailable()).isTrue();
    assertThat(source.calls).hasSize(1);
    ticker.advance(PAUSE);
    ask("a");
    assertThat(source.calls).hasSize(2);
    assertCounts(1, 0, 0, 2, 0, 0);
    assertThat(events).isEmpty();
  }

  @Test
  void everyKeyIsInOneCallWithinTheBounds() {
    String[] keys = IntStream.range(0, 101).mapToObj(Integer::toString).toArray(String[]::new);
    for (String key : keys) {
      source.answers.put(key, found(key));
    }
    assertThat(ask(keys)).hasSize(101);
    Set<String> asked = new HashSet<>();
    source.calls.forEach(call -> call.forEach(key -> assertThat(asked.add(key)).isTrue()));
    assertThat(asked).containsExactlyInAnyOrder(keys);
    assertThat(source.calls).hasSize(51);
    assertThat(source.mostInFlight.get()).isBetween(1, source.maxCallsInFlight());
  }

  @Test
  void theCacheIsBoundedAndABatchIsWhole() {
    String[] keys = IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new);
    for (String key : keys) {
      source.answers.put(key, found(key));
    }
    assertThat(ask(keys).values()).noneMatch(Answer::isUnavailable);
    source.calls.clear();
    ask(keys);
    assertThat(source.calls).hasSizeGreaterThan(190);
  }

  @Test
  void nobodyWaitsBeyondTheDeadline() {
    source.gate = new CountDownLatch(1);
    source.answers.put("a", found("1"));
    KeyLookup.Batch batch = lookup.begin(List.of("a"), Deadline.in(SHORT, ticker));
    await().until(() -> source.inFlight.get() == 1);
    Map<String, Answer> answers = batch.await();
    assertThat(answers.get("a").state()).isEqualTo(Answer.State.LATE);
    assertThat(answers.get("a").json()).isEmpty();
    assertCounts(0, 0, 0, 0, 1, 0);
    source.gate.countDown();
    await().until(() -> source.inFlight.get() == 0);
    assertThat(ask("a").get("a")).as("late, but remembered").isEqualTo(source.answers.get("a"));
    assertThat(source.calls).hasSize(1);
  }

  @Test
  void whatStillWaitsAtTheDeadlineIsNotAsked() {
    source.gate = new CountDownLatch(1);
    List<String> keys = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
    KeyLookup.Batch batch = lookup.begin(keys, Deadline.in(SHORT, ticker));
    await().until(() -> source.inFlight.get() == source.maxCallsInFlight());
    assertThat(batch.await().values()).hasSize(20).containsOnly(Answer.LATE);
    source.gate.countDown();
    await().until(() -> source.inFlight.get() == 0);
    assertThat(source.calls).hasSize(source.maxCallsInFlight());
  }

  @Test
  void afterTheDeadlineNoCallIsBegun() {
    source.answers.put("a", found("1"));
    Deadline over = Deadline.in(SHORT, ticker);
    ticker.advance(SHORT);
    assertThat(lookup.begin(List.of("a"), over).await().get("a")).isEqualTo(Answer.LATE);
    assertThat(ask("a").get("a").isUnavailable()).isFalse();
    assertThat(source.calls).hasSize(1);
  }

  @Test
  void whatTheSourceSaysNothingOfIsLate() {
    source.answers.put("a", found("1"));
    Map<String, Answer> answers = ask("a", "b");
    assertThat(answers.get("a").isUnavailable()).isFalse();
    assertThat(answers.get("b")).isEqualTo(Answer.LATE);
  }

  @Test
  void aFailingSourceIsSparedAndTriedAgain() {
    source.answers.put("a", found("1"));
    source.fails = true;
    for (int i = 0; i < MAX_FAILURES; i++) {
      assertThat(ask("a").get("a")).isEqualTo(Answer.FAILED);
    }
    assertThat(lookup.isBreakerOpen()).isTrue();
    assertThat(ask("a").get("a")).isEqualTo(Answer.NOT_ASKED);
    assertCounts(0, 0, 0, 3, 0, 1);
    ticker.advance(PAUSE);
    source.fails = false;
    assertThat(ask("a").get("a").isUnavailable()).isFalse();
    assertThat(lookup.isBreakerOpen()).isFalse();
    assertThat(events).containsExactly("scripted rests PT30S: told to", "scripted is back");
  }

  @Test
  void whatTheCacheKnowsIsThereWhileTheSourceRests() {
    source.answers.put("a", found("1"));
    ask("a");
    source.fails = true;
    for (int i = 0; i < MAX_FAILURES; i++) {
      ask("b");
    }
    assertThat(ask("a", "b"))
        .containsOnly(Map.entry("a", source.answers.get("a")), Map.entry("b", Answer.NOT_ASKED));
  }

  @Test
  void aClosedLookupAnswersThatNothingCame() {
    source.answers.put("a", found("1"));
    lookup.close();
    assertThat(ask("a").get("a")).isEqualTo(Answer.LATE);
  }

  @Test
  void anInterruptedWaitEndsAtOnceAndStaysInterrupted() {
    source.gate = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    Map<String, Answer> answers = ask("a");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(answers.get("a")).isEqualTo(Answer.LATE);
  }

  @Test
  void noKeysNoCall() {
    assertThat(ask()).isEmpty();
    assertThat(source.calls).isEmpty();
    assertThat(lookup.counts().batches()).isZero();
  }
}
