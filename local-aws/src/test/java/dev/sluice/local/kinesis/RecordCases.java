package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Records: put and read by iterators. */
interface RecordCases {
  String FIRST_SHARD = "shardId-000000000000";

  TestServer server();

  private String iterator(String stream, Consumer<GetShardIteratorRequest.Builder> type) {
    return server()
        .kinesis()
        .getShardIterator(
            request -> request.streamName(stream).shardId(FIRST_SHARD).applyMutation(type))
        .shardIterator();
  }

  private List<String> read(String stream, Consumer<GetShardIteratorRequest.Builder> type) {
    String iterator = iterator(stream, type);
    return server()
        .kinesis()
        .getRecords(request -> request.shardIterator(iterator))
        .records()
        .stream()
        .map(record -> record.data().asUtf8String())
        .toList();
  }

  private static PutRecordsRequestEntry entry(String key, byte[] data) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromByteArray(data))
        .build();
  }

  @Test
  default void givesBackTheBytesThatWerePut() {
    String stream = server().newStream(1);
    byte[] everyByte = new byte[256];
    IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
    Instant before = Instant.now();

    PutRecordResponse put =
        server()
            .kinesis()
            .putRecord(
                request ->
                    request
                        .streamName(stream)
                        .partitionKey("k\u00e9y")
                        .data(SdkBytes.fromByteArray(everyByte)));

    String iterator = iterator(stream, request -> request.shardIteratorType("TRIM_HORIZON"));
    Record record =
        server().kinesis().getRecords(request -> request.shardIterator(iterator)).records().get(0);
    assertThat(record.data().asByteArray()).isEqualTo(everyByte);
    assertThat(record.partitionKey()).isEqualTo("k\u00e9y");
    assertThat(record.sequenceNumber()).isEqualTo(put.sequenceNumber());
    assertThat(record.approximateArrivalTimestamp())
        .isBetween(before.minusSeconds(5), Instant.now().plusSeconds(5));
  }

  /** As the service: only producers and consumers look into an aggregate of the KPL. */
  @Test
  default void givesBackAnAggregateOfTheKplAsItIs() throws Exception {
    String stream = server().newStream(2);
    byte[] aggregate = aggregate("key", "one", "two");

    String shardId =
        server()
            .kinesis()
            .putRecord(
                request ->
                    request
                        .streamName(stream)
                        .partitionKey("key")
                        .data(SdkBytes.fromByteArray(aggregate)))
            .shardId();

    String iterator =
        server()
            .kinesis()
            .getShardIterator(
                request ->
                    request.streamName(stream).shardId(shardId).shardIteratorType("TRIM_HORIZON"))
            .shardIterator();
    assertThat(server().kinesis().getRecords(request -> request.shardIterator(iterator)).records())
        .singleElement()
        .satisfies(record -> assertThat(record.data().asByteArray()).isEqualTo(aggregate))
        .satisfies(record -> assertThat(record.partitionKey()).isEqualTo("key"));
  }

  /** Magic number, protocol buffer, MD5 (KPL, aggregation-format.md); texts below 100 bytes. */
  private static byte[] aggregate(String key, String... texts) throws Exception {
    var message = new ByteArrayOutputStream();
    field(message, 1, key.getBytes(StandardCharsets.UTF_8)); // partition_key_table
    for (String text : texts) {
      var record = new ByteArrayOutputStream();
      record.writeBytes(new byte[] {8, 0}); // partition_key_index
      field(record, 3, text.getBytes(StandardCharsets.UTF_8)); // data
      field(message, 3, record.toByteArray()); // records
    }
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
    whole.writeBytes(message.toByteArray());
    whole.writeBytes(MessageDigest.getInstance("MD5").digest(message.toByteArray()));
    return whole.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | 2);
    out.write(value.length);
    out.writeBytes(value);
  }

  @Test
  default void keepsTheOrderOfAShardByGrowingSequenceNumbers() {
    String stream = server().newStream(1);

    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String number = server().put(stream, "key", "record " + i).sequenceNumber();
      assertThat(number).matches("[1-9][0-9]{55}");
      numbers.add(new BigInteger(number));
    }

    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(read(stream, request -> request.shardIteratorType("TRIM_HORIZON")))
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "record " + i).toList());
  }

  @Test
  default void routesByTheMd5OfThePartitionKey() throws Exception {
    String stream = server().newStream(4);
    List<Shard> shards = server().shards(stream);

    for (int i = 0; i < 20; i++) {
      String key = "key-" + i;
      byte[] md5 = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
      assertThat(server().put(stream, key, "data").shardId())
          .isEqualTo(shardOf(shards, new BigInteger(1, md5)));
    }
  }

  @Test
  default void routesByTheExplicitHashKey() {
    String stream = server().newStream(3);

    for (Shard shard : server().shards(stream)) {
      for (String hashKey :
          List.of(shard.hashKeyRange().startingHashKey(), shard.hashKeyRange().endingHashKey())) {
        PutRecordResponse put =
            server()
                .kinesis()
                .putRecord(
                    request ->
                        request
                            .streamName(stream)
                            .partitionKey("same")
                            .explicitHashKey(hashKey)
                            .data(SdkBytes.fromUtf8String("data")));
        assertThat(put.shardId()).isEqualTo(shard.shardId());
      }
    }
  }

  private static String shardOf(List<Shard> shards, BigInteger hashKey) {
    return shards.stream()
        .filter(
            shard -> new BigInteger(shard.hashKeyRange().startingHashKey()).compareTo(hashKey) <= 0)
        .filter(
            shard -> new BigInteger(shard.hashKeyRange().endingHashKey()).compareTo(hashKey) >= 0)
        .findFirst()
        .orElseThrow()
        .shardId();
  }

  @Test
  default void putsFiveHundredRecordsInOneCall() {
    String stream = server().newStream(2);
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, 500).mapToObj(i -> entry("key-" + i, new byte[] {1, 2})).toList();

    PutRecordsResponse response =
        server().kinesis().putRecords(request -> request.streamName(stream).records(entries));

    assertThat(response.failedRecordCount()).isZero();
    assertThat(response.records())
        .hasSize(500)
        .allSatisfy(result -> assertThat(result.sequenceNumber()).isNotNull())
        .allSatisfy(result -> assertThat(result.errorCode()).isNull());
  }

  @Test
  default void refusesRequestsBeyondTheBounds() {
    server().requires(TestServer.Feature.REQUEST_BOUNDS);
    String stream = server().newStream(1);

    refuses(stream, List.of());
    refuses(stream, Collections.nCopies(501, entry("key", new byte[1])));
    refuses(stream, Collections.nCopies(6, entry("key", new byte[1024 * 1000])));
  }

  @Test
  default void refusesRecordsBeyondTheBounds() {
    String stream = server().newStream(1);

    refuses(stream, List.of(entry("k".repeat(257), new byte[1])));
    refuses(stream, List.of(entry("", new byte[1])));
    server().requires(TestServer.Feature.RECORD_BYTES_BOUND);
    refuses(stream, List.of(entry("key", new byte[1024 * 1024 + 1])));
  }

  private void refuses(String stream, List<PutRecordsRequestEntry> entries) {
    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .putRecords(request -> request.streamName(stream).records(entries)))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  default void readsFromEveryKindOfPosition() {
    String stream = server().newStream(1);
    server().put(stream, "key", "a");
    String second = server().put(stream, "key", "b").sequenceNumber();
    server().put(stream, "key", "c");
    String latest = iterator(stream, request -> request.shardIteratorType("LATEST"));
    server().put(stream, "key", "d");

    assertThat(read(stream, request -> request.shardIteratorType("TRIM_HORIZON")))
        .containsExactly("a", "b", "c", "d");
    assertThat(
            read(
                stream,
                request ->
                    request.shardIteratorType("AT_SEQUENCE_NUMBER").startingSequenceNumber(second)))
        .containsExactly("b", "c", "d");
    assertThat(
            read(
                stream,
                request ->
                    request
                        .shardIteratorType("AFTER_SEQUENCE_NUMBER")
                        .startingSequenceNumber(second)))
        .containsExactly("c", "d");
    assertThat(server().kinesis().getRecords(request -> request.shardIterator(latest)).records())
        .singleElement()
        .satisfies(record -> assertThat(record.data().asUtf8String()).isEqualTo("d"));
    assertThat(
            read(
                stream,
                request ->
                    request
                        .shardIteratorType("AT_TIMESTAMP")
                        .timestamp(Instant.now().minusSeconds(60))))
        .containsExactly("a", "b", "c", "d");
    assertThat(
            read(
                stream,
                request -> request.shardIteratorType("AT_TIMESTAMP").timestamp(Instant.now())))
        .isEmpty();
  }

  @Test
  default void readsOnByTheNextIterator() {
    String stream = server().newStream(1);
    for (int i = 0; i < 5; i++) {
      server().put(stream, "key", "record " + i);
    }

    List<String> found = new ArrayList<>();
    String iterator = iterator(stream, request -> request.shardIteratorType("TRIM_HORIZON"));
    for (int call = 0; call < 3; call++) {
      String current = iterator;
      GetRecordsResponse response =
          server().kinesis().getRecords(request -> request.shardIterator(current).limit(2));
      response.records().forEach(record -> found.add(record.data().asUtf8String()));
      iterator = response.nextShardIterator();
      assertThat(iterator).isNotNull();
      if (call == 2) {
        assertThat(response.millisBehindLatest()).isZero();
      }
    }

    assertThat(found).containsExactly("record 0", "record 1", "record 2", "record 3", "record 4");
  }

  @Test
  default void refusesAnIteratorOfAnUnknownShardAndTextThatIsNone() {
    String stream = server().newStream(1);

    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .getShardIterator(
                        request ->
                            request
                                .streamName(stream)
                                .shardId("shardId-000000000099")
                                .shardIteratorType("LATEST")))
        .isInstanceOf(ResourceNotFoundException.class);
    server().requires(TestServer.Feature.BAD_ITERATOR_REFUSED);
    assertThatThrownBy(
            () -> server().kinesis().getRecords(request -> request.shardIterator("nonsense")))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }
}
