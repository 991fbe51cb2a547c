package dev.sluice.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.local.LocalAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a DynamoDB table, with records as AWS Lambda documents them. */
final class DynamoDbStreamSource implements ShardedStream {

  /** Bound of GetRecords. */
  private static final int CALL_RECORDS_MAX = 1_000;

  /** Bound of the pages of one list: 100 shards each. */
  private static final int PAGES_MAX = 100;

  private static final JsonFactory JSON = new JsonFactory();

  private final DynamoDbStreamsClient streams;
  private final String arn;

  DynamoDbStreamSource(DynamoDbStreamsClient streams, String arn) {
    this.streams = streams;
    this.arn = arn;
  }

  @Override
  public String arn() {
    return arn;
  }

  @Override
  public String batchInfo() {
    return "DDBStreamBatchInfo";
  }

  @Override
  public List<StreamShard> shards() {
    var shards = new ArrayList<StreamShard>();
    String after = null;
    for (int page = 0; page < PAGES_MAX; page++) {
      String start = after;
      StreamDescription found =
          streams
              .describeStream(describe -> describe.streamArn(arn).exclusiveStartShardId(start))
              .streamDescription();
      for (Shard shard : found.shards()) {
        shards.add(
            new StreamShard(
                shard.shardId(), Optional.ofNullable(shard.parentShardId()).stream().toList()));
      }
      after = found.lastEvaluatedShardId();
      if (after == null) {
        return shards;
      }
    }
    throw new IllegalStateException(arn + " has more than " + shards.size() + " shards");
  }

  @Override
  public ShardReader open(String shardId, StartingPosition from) {
    if (from.type() == StartingPosition.Type.AT_TIMESTAMP) {
      throw new IllegalArgumentException("DynamoDB Streams have no AT_TIMESTAMP");
    }
    return new Reader(shardId, from);
  }

  private final class Reader implements ShardReader {
    private final String shardId;
    private final StartingPosition from;
    private String lastSequenceNumber; // null before the first record
    private String iterator; // null at the end of the shard

    Reader(String shardId, StartingPosition from) {
      this.shardId = shardId;
      this.from = from;
      iterator = newIterator();
    }

    private String newIterator() {
      var request = GetShardIteratorRequest.builder().streamArn(arn).shardId(shardId);
      if (lastSequenceNumber != null) {
        request
            .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
            .sequenceNumber(lastSequenceNumber);
      } else {
        request.shardIteratorType(from.type().name());
      }
      return streams.getShardIterator(request.build()).shardIterator();
    }

    @Override
    public List<SourceRecord> read(int recordsMax) {
      if (ended()) {
        return List.of();
      }
      GetRecordsResponse found;
      try {
        found =
            streams.getRecords(
                get -> get.shardIterator(iterator).limit(Math.min(recordsMax, CALL_RECORDS_MAX)));
      } catch (ExpiredIteratorException expired) {
        iterator = newIterator();
        return List.of();
      }
      iterator = found.nextShardIterator();
      if (found.hasRecords() && !found.records().isEmpty()) {
        lastSequenceNumber =
            found.records().get(found.records().size() - 1).dynamodb().sequenceNumber();
      }
      return found.records().stream().map(DynamoDbStreamSource.this::sourceRecord).toList();
    }

    @Override
    public boolean ended() {
      return iterator == null;
    }
  }

  private SourceRecord sourceRecord(Record record) {
    return new SourceRecord(
        record.dynamodb().sequenceNumber(),
        record.dynamodb().approximateCreationDateTime(),
        json(record));
  }

  private byte[] json(Record record) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("eventID", record.eventID());
      out.writeStringField("eventName", record.eventNameAsString());
      out.writeStringField("eventVersion", record.eventVersion());
      out.writeStringField("eventSource", "aws:dynamodb");
      out.writeStringField("awsRegion", LocalAccount.REGION);
      out.writeFieldName("dynamodb");
      write(out, record.dynamodb());
      if (record.userIdentity() != null) { // deletions by time to live
        out.writeObjectFieldStart("userIdentity");
        out.writeStringField("principalId", record.userIdentity().principalId());
        out.writeStringField("type", record.userIdentity().type());
        out.writeEndObject();
      }
      out.writeStringField("eventSourceARN", arn);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, StreamRecord change) throws IOException {
    out.writeStartObject();
    out.writeNumberField(
        "ApproximateCreationDateTime", change.approximateCreationDateTime().getEpochSecond());
    out.writeFieldName("Keys");
    AttributeValueJson.write(out, change.keys());
    if (change.hasNewImage()) {
      out.writeFieldName("NewImage");
      AttributeValueJson.write(out, change.newImage());
    }
    if (change.hasOldImage()) {
      out.writeFieldName("OldImage");
      AttributeValueJson.write(out, change.oldImage());
    }
    out.writeStringField("SequenceNumber", change.sequenceNumber());
    out.writeNumberField("SizeBytes", change.sizeBytes());
    out.writeStringField("StreamViewType", change.streamViewTypeAsString());
    out.writeEndObject();
  }
}
