package dev.sluice.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.local.LocalAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A Kinesis stream by GetRecords, with records as AWS Lambda documents them. */
final class KinesisStreamSource implements ShardedStream {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MILLIS_DIGITS = 3;

  private final KinesisClient kinesis;
  private final String arn;

  KinesisStreamSource(KinesisClient kinesis, String arn) {
    this.kinesis = kinesis;
    this.arn = arn;
  }

  @Override
  public String arn() {
    return arn;
  }

  @Override
  public String batchInfo() {
    return "KinesisBatchInfo";
  }

  @Override
  public List<StreamShard> shards() {
    return kinesis.listShards(list -> list.streamARN(arn)).shards().stream()
        .map(
            shard ->
                new StreamShard(
                    shard.shardId(),
                    Stream.of(
                            Optional.ofNullable(shard.parentShardId()),
                            Optional.ofNullable(shard.adjacentParentShardId()))
                        .flatMap(Optional::stream)
                        .toList()))
        .toList();
  }

  @Override
  public ShardReader open(String shardId, StartingPosition from) {
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
      var request = GetShardIteratorRequest.builder().streamARN(arn).shardId(shardId);
      if (lastSequenceNumber != null) {
        request
            .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
            .startingSequenceNumber(lastSequenceNumber);
      } else {
        request.shardIteratorType(from.type().name()).timestamp(from.timestamp().orElse(null));
      }
      return kinesis.getShardIterator(request.build()).shardIterator();
    }

    @Override
    public List<SourceRecord> read(int recordsMax) {
      if (ended()) {
        return List.of();
      }
      GetRecordsResponse found;
      try {
        found =
            kinesis.getRecords(get -> get.streamARN(arn).shardIterator(iterator).limit(recordsMax));
      } catch (ExpiredIteratorException expired) {
        iterator = newIterator();
        return List.of();
      } catch (ProvisionedThroughputExceededException slower) {
        return List.of(); // five reads a second; the next look is soon enough
      }
      iterator = found.nextShardIterator();
      if (found.hasRecords() && !found.records().isEmpty()) {
        lastSequenceNumber = found.records().get(found.records().size() - 1).sequenceNumber();
      }
      return found.records().stream().map(record -> sourceRecord(shardId, record)).toList();
    }

    @Override
    public boolean ended() {
      return iterator == null;
    }
  }

  private SourceRecord sourceRecord(String shardId, Record record) {
    return new SourceRecord(
        record.sequenceNumber(), record.approximateArrivalTimestamp(), json(shardId, record));
  }

  private byte[] json(String shardId, Record record) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeObjectFieldStart("kinesis");
      out.writeStringField("kinesisSchemaVersion", "1.0");
      if (record.partitionKey() != null) {
        out.writeStringField("partitionKey", record.partitionKey());
      }
      out.writeStringField("sequenceNumber", record.sequenceNumber());
      out.writeBinaryField("data", record.data().asByteArray());
      out.writeNumberField(
          "approximateArrivalTimestamp", seconds(record.approximateArrivalTimestamp()));
      out.writeEndObject();
      out.writeStringField("eventSource", "aws:kinesis");
      out.writeStringField("eventVersion", "1.0");
      out.writeStringField("eventID", shardId + ":" + record.sequenceNumber());
      out.writeStringField("eventName", "aws:kinesis:record");
      out.writeStringField(
          "invokeIdentityArn", "arn:aws:iam::" + LocalAccount.ID + ":role/local-function");
      out.writeStringField("awsRegion", LocalAccount.REGION);
      out.writeStringField("eventSourceARN", arn);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Seconds with milliseconds behind the point. */
  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), MILLIS_DIGITS);
  }
}
