package dev.sluice.tweets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.invocation.InvocationSettings;
import dev.sluice.local.lambda.DirectContext;
import dev.sluice.tweets.photo.FetchRules;
import dev.sluice.tweets.photo.PhotoFetcher;
import dev.sluice.tweets.photo.PhotoServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Calls the handler as Lambda does, with records whose sequence numbers are 1, 2 and so on. */
final class HandlerFixture {
  static final InvocationSettings SETTINGS =
      new InvocationSettings(Duration.ofSeconds(10), Optional.empty());
  static final int MINUTES = 600_000;

  private static final int MAX_BYTES = 10 << 20;

  final List<String> lines = new CopyOnWriteArrayList<>();
  private final ObjectMapper json = new ObjectMapper();
  private final TweetsHandler handler;

  HandlerFixture(TweetTable table, Optional<PhotoStage> photos, DeadLetters deadLetters) {
    handler =
        new TweetsHandler(
            SETTINGS,
            new TweetKeeper(table, photos),
            deadLetters,
            "tweets",
            lines::add,
            Clock.systemUTC());
  }

  /** Photos of a server on loopback, which only tests can reach. */
  static PhotoStage photos(PhotoServer server, MediaStore store) {
    return new PhotoStage(
        new PhotoFetcher(
            new FetchRules(
                Set.of(PhotoServer.HOST), server.port(), MAX_BYTES, Duration.ofMinutes(2), 3),
            host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
            InetAddress::isLoopbackAddress,
            server.clients(),
            System::nanoTime,
            pause -> {},
            new Random(1)),
        store,
        8,
        TweetWorkers.TWEETS_AT_ONCE);
  }

  static String event(List<byte[]> records) {
    var number = new int[1];
    return records.stream()
        .map(
            record ->
                """
                {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"%d",\
                "data":"%s","approximateArrivalTimestamp":1545084650.987},\
                "eventSource":"aws:kinesis","eventVersion":"1.0","eventName":"aws:kinesis:record",\
                "eventID":"shardId-000000000006:%d","awsRegion":"us-east-2",\
                "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/tweets"}"""
                    .formatted(++number[0], Base64.getEncoder().encodeToString(record), number[0]))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  /** The answer to an event. */
  String answer(String event, int remainingMillis) throws IOException {
    var response = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        response,
        new DirectContext("r-1", () -> remainingMillis));
    return response.toString(UTF_8);
  }

  /** The number of the record that has to come again, or 0. */
  int failed(List<byte[]> records) throws IOException {
    JsonNode failures = json.readTree(answer(event(records), MINUTES)).get("batchItemFailures");
    assertThat(failures.size()).isLessThanOrEqualTo(1);
    return failures.isEmpty() ? 0 : failures.get(0).get("itemIdentifier").asInt();
  }

  /** Sends records as Lambda does, until all are done. */
  int deliver(List<byte[]> records, int batch, int maxInvocations) throws IOException {
    int from = 0;
    int invocations = 0;
    while (from < records.size()) {
      assertThat(++invocations).as("invocations").isLessThanOrEqualTo(maxInvocations);
      int to = Math.min(records.size(), from + batch);
      int failed = failed(records.subList(from, to));
      from = failed == 0 ? to : from + failed - 1;
    }
    return invocations;
  }

  JsonNode lastLine() throws IOException {
    return json.readTree(lines.get(lines.size() - 1));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] tweet(String id) {
    return bytes("{\"id_str\":\"" + id + "\",\"text\":\"t" + id + "\"}");
  }

  static byte[] tweet(String id, String photoUrl) {
    return bytes(
        "{\"id_str\":\""
            + id
            + "\",\"text\":\"t"
            + id
            + "\",\"entities\":{\"media\":[{\"type\":\"photo\",\"id_str\":\"9"
            + id
            + "\",\"media_url_https\":\""
            + photoUrl
            + "\"}]}}");
  }

  static byte[] delete(String id) {
    return bytes("{\"delete\":{\"status\":{\"id_str\":\"" + id + "\"}}}");
  }
}
