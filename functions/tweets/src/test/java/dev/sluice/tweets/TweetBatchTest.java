package dev.sluice.tweets;

import static dev.sluice.tweets.HandlerFixture.bytes;
import static dev.sluice.tweets.HandlerFixture.delete;
import static dev.sluice.tweets.HandlerFixture.tweet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.tweets.photo.PhotoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch does when records are bad, stores are away, and somebody else is at work. */
class TweetBatchTest {
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  /** Names of the function's threads. */
  private static final Set<String> OURS =
      Set.of("tweets", "photos", "photo-resolver", "photo-deadlines");

  /** Threads or files; a leak in each invocation would be hundreds. */
  private static final int MAX_MORE = 20;

  @TempDir static Path folder;

  private static PhotoServer server;

  private final MemoryStores stores = new MemoryStores();
  private final List<String> letters = new ArrayList<>();
  private final DeadLetters queue =
      (record, reason, detail) -> letters.add(record.sequenceNumber() + " " + reason);

  @BeforeAll
  static void start() throws Exception {
    server = PhotoServer.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private HandlerFixture withoutPhotos() {
    return new HandlerFixture(stores, Optional.empty(), queue);
  }

  private HandlerFixture withPhotos() {
    return new HandlerFixture(stores, Optional.of(HandlerFixture.photos(server, stores)), queue);
  }

  private static String photoUrl() {
    return server.base() + "FAAAAAAAAAAAAAA.jpg";
  }

  @Test
  void badRecordsAreKeptAndTheirNeighboursGoOn() throws IOException {
    HandlerFixture function = withoutPhotos();
    assertThat(
            function.failed(
                List.of(
                    tweet("1"),
                    bytes("nonsense"),
                    bytes(""),
                    bytes("{\"limit\":{}}"),
                    new byte[1 << 20],
                    delete("3"),
                    tweet("2"))))
        .isZero();
    assertThat(stores.texts).isEqualTo(Map.of("1", "t1", "2", "t2", "3", ""));
    assertThat(letters).containsExactly("2 NOT_JSON", "5 NOT_JSON");
    JsonNode line = function.lastLine();
    assertThat(line.get("records_processed").asInt()).isEqualTo(7);
    assertThat(line.get("records_failed").asInt()).isZero();
    assertThat(line.get("tweets_stored").asInt()).isEqualTo(2);
    assertThat(line.get("tweets_deleted").asInt()).isEqualTo(1);
    assertThat(line.get("messages_control").asInt()).isEqualTo(2);
    assertThat(line.get("messages_limit").asInt()).isEqualTo(1);
    assertThat(line.get("messages_keep_alive").asInt()).isEqualTo(1);
    assertThat(line.get("messages_malformed").asInt()).isEqualTo(2);
    assertThat(line.get("trouble").asText()).startsWith("NOT_JSON: ");
    assertThat(line.at("/malformed_by_reason/not_json").asInt()).isPositive();
    assertThat(function.lines.toString()).doesNotContain("nonsense", "t1");
  }

  @Test
  void aRecordWithoutDataIsMalformedAndOneThatIsNoneOfKinesisEndsTheInvocation()
      throws IOException {
    HandlerFixture function = withoutPhotos();
    for (String data : new String[] {"\"%%%\"", "7", "null", "{}"}) {
      String event =
          "{\"Records\":[{\"kinesis\":{\"sequenceNumber\":\"5\",\"data\":" + data + "}}]}";
      assertThat(function.answer(event, HandlerFixture.MINUTES)).isEqualTo(ALL_DONE);
    }
    assertThat(letters).hasSize(4).containsOnly("5 NO_DATA");
    assertThat(function.answer("{\"Records\":[]}", HandlerFixture.MINUTES)).isEqualTo(ALL_DONE);
    for (String event :
        new String[] {"", "{}", "[]", "nonsense", "{\"Records\":7}", "{\"Records\":[{}]}"}) {
      assertThatThrownBy(() -> function.answer(event, HandlerFixture.MINUTES))
          .as(event)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(function.lastLine().get("level").asText()).isEqualTo("ERROR");
  }

  @Test
  void theLowestRecordThatIsNotDoneComesAgain() throws IOException {
    HandlerFixture function = withoutPhotos();
    stores.before =
        step -> {
          if (step.equals("put 13") || step.equals("put 17")) {
            throw new IllegalStateException("the table is away");
          }
        };
    var records = new ArrayList<byte[]>();
    for (int i = 1; i <= 40; i++) {
      records.add(i % 10 == 0 ? bytes("nonsense") : tweet(Integer.toString(i)));
    }
    assertThat(function.failed(records)).isEqualTo(13);
    // What stands behind it and is no tweet is left alone: it comes again.
    assertThat(letters).containsExactly("10 NOT_JSON");
    assertThat(function.lastLine().get("records_processed").asInt()).isEqualTo(12);
    assertThat(function.lastLine().get("records_failed").asInt()).isEqualTo(28);
    assertThat(function.lastLine().get("level").asText()).isEqualTo("WARN");
    stores.before = step -> {};
    assertThat(function.deliver(records.subList(12, 40), 40, 1)).isEqualTo(1);
    assertThat(stores.texts).hasSize(36);
    assertThat(letters).hasSize(4);
  }

  @Test
  void aQueueThatIsAwayHoldsTheRecordBack() throws IOException {
    var function =
        new HandlerFixture(
            stores,
            Optional.empty(),
            (record, reason, detail) -> {
              throw new IllegalStateException("away");
            });
    assertThat(function.failed(List.of(tweet("1"), bytes("nonsense"), tweet("2")))).isEqualTo(2);
    assertThat(stores.texts).containsOnlyKeys("1", "2");
  }

  @Test
  void withoutTimeNothingIsBegun() throws IOException {
    HandlerFixture function = withoutPhotos();
    assertThat(function.answer(HandlerFixture.event(List.of(tweet("1"))), 0))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}");
    assertThat(stores.texts).isEmpty();
  }

  @Test
  void aRecordWithoutASequenceNumberFailsTheWholeBatch() throws IOException {
    stores.before =
        step -> {
          throw new IllegalStateException("away");
        };
    String event =
        "{\"Records\":[{\"kinesis\":{\"data\":\""
            + Base64.getEncoder().encodeToString(tweet("1"))
            + "\"}}]}";
    assertThat(withoutPhotos().answer(event, HandlerFixture.MINUTES))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}");
  }

  @Test
  void aPhotoThatCannotBeFetchedIsCountedAndItsTweetStored() throws IOException {
    HandlerFixture function = withPhotos();
    assertThat(
            function.failed(
                List.of(
                    tweet("1", server.base() + "none.jpg"),
                    tweet("2", "https://169.254.169.254/latest/meta-data"),
                    tweet("3", photoUrl()))))
        .isZero();
    assertThat(stores.texts).containsOnlyKeys("1", "2", "3");
    assertThat(stores.media).containsOnlyKeys("3/93");
    assertThat(function.lastLine().get("photos_stored").asInt()).isEqualTo(1);
    assertThat(function.lastLine().get("photos_failed").asInt()).isEqualTo(2);
    assertThat(function.lastLine().get("photos_not_found").asInt()).isEqualTo(1);
    assertThat(function.lastLine().get("photos_refused_url").asInt()).isEqualTo(1);
  }

  @Test
  void aDuplicateIsNotFetchedAgain() throws IOException {
    HandlerFixture function = withPhotos();
    function.failed(List.of(tweet("1", photoUrl()), tweet("1", photoUrl())));
    int connections = server.connections();
    function.failed(List.of(tweet("1", photoUrl())));
    assertThat(server.connections()).isEqualTo(connections);
    assertThat(function.lastLine().get("tweets_duplicate").asInt()).isEqualTo(1);
  }

  @Test
  void photosAreThereBeforeTheirTweetIs() throws IOException {
    HandlerFixture function = withPhotos();
    stores.before =
        step -> {
          if (step.equals("put 1")) {
            assertThat(stores.media).containsOnlyKeys("1/91");
            throw new IllegalStateException("killed here");
          }
        };
    assertThat(function.failed(List.of(tweet("1", photoUrl())))).isEqualTo(1);
    assertThat(stores.texts).isEmpty();
    stores.before = step -> {};
    assertThat(function.failed(List.of(tweet("1", photoUrl())))).isZero();
    assertThat(stores.media).containsOnlyKeys("1/91");
    assertThat(stores.texts).containsOnlyKeys("1");
  }

  @Test
  void aBucketThatIsAwayHoldsTheTweetBack() throws IOException {
    HandlerFixture function = withPhotos();
    stores.before =
        step -> {
          if (step.startsWith("photo")) {
            throw new IllegalStateException("away");
          }
        };
    assertThat(function.failed(List.of(tweet("1", photoUrl())))).isEqualTo(1);
    assertThat(stores.texts).isEmpty();
  }

  /** A delete of another invocation, before each step of the storing. */
  @Test
  void aDeleteThatRacesWithTheStoringLeavesNeitherTweetNorPhotos() throws IOException {
    for (String step : List.of("state 1", "photo 1", "put 1")) {
      stores.texts.clear();
      stores.media.clear();
      HandlerFixture other = withPhotos();
      var once = new AtomicInteger();
      stores.before =
          now -> {
            if (now.equals(step) && once.getAndIncrement() == 0) {
              fail(other, delete("1"));
            }
          };
      assertThat(withPhotos().failed(List.of(tweet("1", photoUrl())))).isZero();
      assertThat(stores.texts).as(step).isEqualTo(Map.of("1", ""));
      assertThat(stores.media).as(step).isEmpty();
    }
  }

  /** A storing of another invocation, before each step of the delete. */
  @Test
  void aStoringThatRacesWithTheDeleteLeavesNeitherTweetNorPhotos() throws IOException {
    for (String step : List.of("delete 1", "remove 1")) {
      stores.texts.clear();
      stores.media.clear();
      HandlerFixture other = withPhotos();
      var once = new AtomicInteger();
      stores.before =
          now -> {
            if (now.equals(step) && once.getAndIncrement() == 0) {
              fail(other, tweet("1", photoUrl()));
            }
          };
      assertThat(withPhotos().failed(List.of(delete("1")))).isZero();
      assertThat(stores.texts).as(step).isEqualTo(Map.of("1", ""));
      assertThat(stores.media).as(step).isEmpty();
    }
  }

  private static void fail(HandlerFixture function, byte[] record) {
    try {
      assertThat(function.failed(List.of(record))).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatAStorerLeftThatWasKilledGoesWithTheNextTry() throws IOException {
    stores.texts.put("1", ""); // deleted, and then its storer put a photo and was killed
    stores.media.put("1/91", new byte[1]);
    assertThat(withPhotos().failed(List.of(tweet("1", photoUrl())))).isZero();
    assertThat(stores.media).isEmpty();
    assertThat(stores.texts).isEqualTo(Map.of("1", ""));
  }

  /** Any step may fail, in any order of the records; in the end it is as if none had. */
  @Test
  void failuresChangeNothingInTheEnd() throws IOException {
    for (int seed = 1; seed <= 10; seed++) {
      stores.texts.clear();
      stores.media.clear();
      letters.clear();
      var random = new Random(seed);
      var records = new ArrayList<byte[]>();
      for (int i = 0; i < 120; i++) {
        String id = Integer.toString(1 + random.nextInt(40));
        records.add(
            switch (random.nextInt(6)) {
              case 0 -> delete(id);
              case 1 -> bytes("nonsense");
              case 2 -> bytes("");
              case 3 -> tweet(id, photoUrl());
              default -> tweet(id);
            });
      }
      HandlerFixture undisturbed = withPhotos();
      undisturbed.deliver(records, 25, 10);
      Map<String, String> expected = new TreeMap<>(stores.texts);
      int expectedLetters = letters.size();
      stores.texts.clear();
      stores.media.clear();
      letters.clear();
      stores.before =
          step -> {
            synchronized (random) {
              if (random.nextInt(12) == 0) {
                throw new IllegalStateException("away for a moment");
              }
            }
          };
      withPhotos().deliver(records, 25, 1_000);
      stores.before = step -> {};
      assertThat(new TreeMap<>(stores.texts)).as("seed %d", seed).isEqualTo(expected);
      assertThat(letters).as("seed %d", seed).hasSize(expectedLetters);
      for (String key : stores.media.keySet()) {
        String id = key.substring(0, key.indexOf('/'));
        assertThat(stores.texts.get(id)).as("seed %d, %s", seed, key).isNotEmpty();
      }
    }
  }

  @Test
  void aThousandInvocationsLeaveNothingBehind() throws IOException {
    HandlerFixture function = withPhotos();
    String event =
        HandlerFixture.event(
            List.of(
                tweet("1", photoUrl()),
                tweet("2"),
                bytes("nonsense"),
                delete("3"),
                tweet("4", server.base() + "none.jpg")));
    Map<String, Integer> warm = new HashMap<>();
    for (int i = 1; i <= 1_000; i++) {
      if (i % 10 == 0) {
        stores.texts.clear(); // so that there is something to do
      }
      assertThat(function.answer(event, HandlerFixture.MINUTES)).isEqualTo(ALL_DONE);
      assertThat(stores.texts.keySet()).isEqualTo(Set.of("1", "2", "3", "4"));
      assertThat(stores.media.keySet()).isEqualTo(Set.of("1/91"));
      if (i == 200) {
        warm = footprint();
      }
      function.lines.clear();
      letters.clear();
    }
    Map<String, Integer> end = footprint();
    assertThat(end.get("threads")).isLessThanOrEqualTo(warm.get("threads") + MAX_MORE);
    assertThat(end.get("files")).isLessThanOrEqualTo(warm.get("files") + MAX_MORE);
  }

  /** Threads of the function, and what this process has open. */
  private static Map<String, Integer> footprint() throws IOException {
    Path open = Path.of("/proc/self/fd");
    int files = 0;
    if (Files.exists(open)) {
      try (Stream<Path> each = Files.list(open)) {
        files = (int) each.count();
      }
    }
    int threads =
        (int)
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> OURS.contains(thread.getName()))
                .count();
    return Map.of("threads", threads, "files", files);
  }
}
