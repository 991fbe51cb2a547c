package dev.sluice.jmh.consumer;

import dev.sluice.enricher.gzip.GzipStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * What a good engineer would write to keep a stream in S3 as it is: records into a gzip buffer, the
 * buffer into an object when it is full or old, then the checkpoint. At least once.
 */
final class RawShardProcessor implements ShardRecordProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(RawShardProcessor.class);

  /** Of zlib: half of the time of its usual level for a sixth more bytes. */
  private static final int GZIP_LEVEL = 3;

  private final S3Client s3;
  private final String bucket;
  private final Limits limits;

  private String shardId;
  private ByteArrayOutputStream compressed;
  private GzipStream compressor; // null while nothing waits
  private long openedNanos;
  private long bytes;
  private int records;
  private KinesisClientRecord first;
  private KinesisClientRecord last;

  /** When an object is put. */
  record Limits(long maxBytes, int maxRecords, Duration maxAge) {}

  RawShardProcessor(S3Client s3, String bucket, Limits limits) {
    this.s3 = s3;
    this.bucket = bucket;
    this.limits = limits;
  }

  @Override
  public void initialize(InitializationInput input) {
    shardId = input.shardId();
  }

  @Override
  public void processRecords(ProcessRecordsInput input) {
    for (KinesisClientRecord record : input.records()) {
      add(record);
      if (records >= limits.maxRecords() || bytes >= limits.maxBytes()) {
        put(input.checkpointer());
      }
    }
    if (compressor != null && System.nanoTime() - openedNanos >= limits.maxAge().toNanos()) {
      put(input.checkpointer());
    }
  }

  private void add(KinesisClientRecord record) {
    ByteBuffer data = record.data().duplicate();
    data.rewind();
    byte[] line = new byte[data.remaining()];
    data.get(line);
    try {
      if (compressor == null) {
        compressed = new ByteArrayOutputStream();
        compressor = GzipStream.of(compressed, GZIP_LEVEL);
        openedNanos = System.nanoTime();
        first = record;
      }
      compressor.write(line);
      compressor.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    bytes += line.length;
    records++;
    last = record;
  }

  private void put(RecordProcessorCheckpointer checkpointer) {
    if (compressor == null) {
      return;
    }
    try {
      compressor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String key =
        String.join("/", Output.PREFIX, shardId, first.sequenceNumber() + "-" + records + ".gz");
    s3.putObject(
        r -> r.bucket(bucket).key(key).contentType("application/gzip"),
        RequestBody.fromBytes(compressed.toByteArray()));
    compressor = null;
    bytes = 0;
    records = 0;
    try {
      checkpointer.checkpoint(last.sequenceNumber(), last.subSequenceNumber());
    } catch (ShutdownException e) {
      LOG.info("the lease of {} is gone", shardId);
    } catch (InvalidStateException e) {
      throw new IllegalStateException("no checkpoint of " + shardId, e);
    }
  }

  @Override
  public void leaseLost(LeaseLostInput input) {
    compressor = null;
  }

  @Override
  public void shardEnded(ShardEndedInput input) {
    put(input.checkpointer());
    try {
      input.checkpointer().checkpoint();
    } catch (ShutdownException | InvalidStateException e) {
      throw new IllegalStateException("no checkpoint at the end of " + shardId, e);
    }
  }

  @Override
  public void shutdownRequested(ShutdownRequestedInput input) {
    put(input.checkpointer());
  }
}
