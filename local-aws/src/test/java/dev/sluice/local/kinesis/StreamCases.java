package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Streams as a whole and the list of their shards. */
interface StreamCases {
  TestServer server();

  @Test
  default void describesACreatedStream() {
    String stream = server().newStream(3);

    StreamDescriptionSummary summary =
        server()
            .kinesis()
            .describeStreamSummary(request -> request.streamName(stream))
            .streamDescriptionSummary();
    assertThat(summary.streamName()).isEqualTo(stream);
    assertThat(summary.streamARN()).matches("arn:aws:kinesis:us-east-1:[0-9]{12}:stream/" + stream);
    assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
    assertThat(summary.openShardCount()).isEqualTo(3);
    assertThat(summary.retentionPeriodHours()).isEqualTo(24);
    assertThat(summary.streamCreationTimestamp()).isNotNull();

    StreamDescription description =
        server()
            .kinesis()
            .describeStream(request -> request.streamName(stream))
            .streamDescription();
    assertThat(description.shards()).hasSize(3);
    assertThat(description.hasMoreShards()).isFalse();
  }

  @Test
  default void acceptsTheArnInPlaceOfTheName() {
    String stream = server().newStream(1);
    String arn = server().arn(stream);

    assertThat(
            server()
                .kinesis()
                .describeStreamSummary(request -> request.streamARN(arn))
                .streamDescriptionSummary()
                .streamName())
        .isEqualTo(stream);
    assertThat(server().kinesis().listShards(request -> request.streamARN(arn)).shards())
        .hasSize(1);
  }

  @Test
  default void tilesTheHashKeysWithTheShards() {
    String stream = server().newStream(3);

    BigInteger next = BigInteger.ZERO;
    for (Shard shard : server().shards(stream)) {
      assertThat(shard.hashKeyRange().startingHashKey()).isEqualTo(next.toString());
      next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
    }
    assertThat(next).isEqualTo(BigInteger.ONE.shiftLeft(128));
  }

  @Test
  default void namesShardsAndSequenceNumbersAsTheServiceDoes() {
    String stream = server().newStream(2);

    List<Shard> shards = server().shards(stream);
    assertThat(shards)
        .extracting(Shard::shardId)
        .containsExactly("shardId-000000000000", "shardId-000000000001");
    assertThat(shards)
        .allSatisfy(
            shard ->
                assertThat(shard.sequenceNumberRange().startingSequenceNumber())
                    .matches("[1-9][0-9]{55}"))
        .allSatisfy(
            shard -> assertThat(shard.sequenceNumberRange().endingSequenceNumber()).isNull());
  }

  @Test
  default void refusesASecondStreamOfTheSameName() {
    String stream = server().newStream(1);

    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .createStream(request -> request.streamName(stream).shardCount(1)))
        .isInstanceOf(ResourceInUseException.class);
  }

  @Test
  default void answersNotFoundForAStreamThatIsNotThere() {
    assertThatThrownBy(
            () ->
                server().kinesis().describeStreamSummary(request -> request.streamName("nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> server().kinesis().listShards(request -> request.streamName("nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> server().put("nowhere", "key", "data"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> server().kinesis().deleteStream(request -> request.streamName("nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void refusesANameOutsideTheModel() {
    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .createStream(request -> request.streamName("no spaces!").shardCount(1)))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  default void forgetsADeletedStreamAndItsRecords() {
    String stream = server().newStream(1);
    server().put(stream, "key", "before");
    var before = server().kinesis().describeStreamSummary(request -> request.streamName(stream));

    server().deleteStream(stream);
    assertThat(server().kinesis().listStreams(request -> request.limit(10_000)).streamNames())
        .doesNotContain(stream);
    server().createStream(stream, 1);

    String iterator =
        server()
            .kinesis()
            .getShardIterator(
                request ->
                    request
                        .streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType("TRIM_HORIZON"))
            .shardIterator();
    assertThat(server().kinesis().getRecords(request -> request.shardIterator(iterator)).records())
        .isEmpty();
    server().requires(TestServer.Feature.DISTINCT_CREATION_SECONDS);
    var after = server().kinesis().describeStreamSummary(request -> request.streamName(stream));
    assertThat(after.streamDescriptionSummary().streamCreationTimestamp().getEpochSecond())
        .isGreaterThan(
            before.streamDescriptionSummary().streamCreationTimestamp().getEpochSecond());
  }

  @Test
  default void pagesThroughTheStreams() {
    server().requires(TestServer.Feature.LIST_STREAMS_TOKEN);
    Set<String> created =
        Set.of(server().newStream(1), server().newStream(1), server().newStream(1));

    Set<String> found = new HashSet<>();
    server()
        .kinesis()
        .listStreamsPaginator(request -> request.limit(2))
        .forEach(page -> found.addAll(page.streamNames()));

    assertThat(found).containsAll(created);
  }

  @Test
  default void pagesThroughTheShardsByTokenAlone() {
    String stream = server().newStream(5);

    List<String> found = new ArrayList<>();
    ListShardsResponse page =
        server().kinesis().listShards(request -> request.streamName(stream).maxResults(2));
    page.shards().forEach(shard -> found.add(shard.shardId()));
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = server().kinesis().listShards(request -> request.nextToken(token).maxResults(2));
      assertThat(page.shards()).hasSizeLessThanOrEqualTo(2);
      page.shards().forEach(shard -> found.add(shard.shardId()));
    }

    assertThat(found).hasSize(5).doesNotHaveDuplicates().isSorted();
  }

  @Test
  default void refusesATokenBesideTheName() {
    String stream = server().newStream(2);
    String token =
        server()
            .kinesis()
            .listShards(request -> request.streamName(stream).maxResults(1))
            .nextToken();

    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .listShards(request -> request.streamName(stream).nextToken(token)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  default void changesTheRetention() {
    String stream = server().newStream(1);

    server()
        .kinesis()
        .increaseStreamRetentionPeriod(
            request -> request.streamName(stream).retentionPeriodHours(48));
    assertThat(retention(stream)).isEqualTo(48);
    server()
        .kinesis()
        .decreaseStreamRetentionPeriod(
            request -> request.streamName(stream).retentionPeriodHours(24));
    assertThat(retention(stream)).isEqualTo(24);
    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .decreaseStreamRetentionPeriod(
                        request -> request.streamName(stream).retentionPeriodHours(23)))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  private int retention(String stream) {
    return server()
        .kinesis()
        .describeStreamSummary(request -> request.streamName(stream))
        .streamDescriptionSummary()
        .retentionPeriodHours();
  }

  @Test
  default void keepsTagsOfAStream() {
    String stream = server().newStream(1);

    server()
        .kinesis()
        .addTagsToStream(
            request -> request.streamName(stream).tags(Map.of("team", "logs", "stage", "test")));
    server().kinesis().removeTagsFromStream(request -> request.streamName(stream).tagKeys("stage"));

    assertThat(server().kinesis().listTagsForStream(request -> request.streamName(stream)).tags())
        .singleElement()
        .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("team=logs"));
  }
}
