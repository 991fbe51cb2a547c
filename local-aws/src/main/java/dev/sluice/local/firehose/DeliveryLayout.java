package dev.sluice.local.firehose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.local.RandomIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Makes objects of a batch: the data of its OK records, one behind the other in their order with
 * nothing between them, one object for each set of partition keys; and one object of JSON documents
 * about those that failed.
 */
final class DeliveryLayout {

  /** Default quota of active partitions of a Firehose stream. */
  static final int PARTITIONS_MAX = 500;

  private static final Verdict NO_PARTITION =
      Verdict.failed(
          "DynamicPartitioning.MetadataExtractionFailed",
          "partitionKeys values must not be null or empty");
  private static final Verdict TOO_MANY_PARTITIONS =
      Verdict.failed(
          "DynamicPartitioning.ActivePartitionsLimitExceeded",
          "The batch has more than " + PARTITIONS_MAX + " partitions");

  /** The version of a stream that was never updated. */
  private static final String STREAM_VERSION = "1";

  private static final DateTimeFormatter SUFFIX_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final JsonFactory JSON = new JsonFactory();

  /** An object that grows. */
  private static final class Partition {
    private final Map<String, String> keys;
    private final Instant oldest;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long records;

    Partition(Map<String, String> keys, Instant oldest) {
      this.keys = keys;
      this.oldest = oldest;
    }

    void add(byte[] data) {
      body.writeBytes(data);
      records++;
    }
  }

  private final FirehoseStreamOptions options;
  private final S3Prefix prefix;
  private final S3Prefix errorPrefix;
  private final RandomIds ids;

  DeliveryLayout(FirehoseStreamOptions options, RandomIds ids) {
    this.options = options;
    this.ids = ids;
    prefix = S3Prefix.ofData(options.prefix());
    errorPrefix = S3Prefix.ofErrors(options.prefix(), options.errorPrefix());
  }

  List<DeliveryObject> objects(TransformedBatch batch) {
    var partitions = new LinkedHashMap<String, Partition>();
    Partition failures = null;
    for (int i = 0; i < batch.records().size(); i++) {
      FirehoseRecord record = batch.records().get(i);
      Instant arrival = Instant.ofEpochMilli(record.arrivalMillis());
      Verdict verdict = placed(batch.verdicts().get(i), partitions);
      switch (verdict.kind()) {
        case OK ->
            partitions
                .computeIfAbsent(
                    partition(verdict.partitionKeys()),
                    name -> new Partition(verdict.partitionKeys(), arrival))
                .add(verdict.data());
        case FAILED -> {
          if (failures == null) {
            failures = new Partition(Map.of(), arrival);
          }
          failures.add(document(record, verdict, batch));
        }
        case DROPPED -> {}
      }
    }
    var objects = new ArrayList<DeliveryObject>();
    for (Partition each : partitions.values()) {
      objects.add(object(prefix, each, FirehoseCounts.ofObject(each.records, 0)));
    }
    if (failures != null) {
      objects.add(object(errorPrefix, failures, FirehoseCounts.ofObject(0, failures.records)));
    }
    return objects;
  }

  private Verdict placed(Verdict verdict, Map<String, Partition> partitions) {
    if (verdict.kind() != Verdict.Kind.OK) {
      return verdict;
    }
    if (!prefix.isComplete(verdict.partitionKeys())) {
      return NO_PARTITION;
    }
    return partitions.size() == PARTITIONS_MAX
            && !partitions.containsKey(partition(verdict.partitionKeys()))
        ? TOO_MANY_PARTITIONS
        : verdict;
  }

  /** A name that is the same exactly for records that belong into one object. */
  private String partition(Map<String, String> keys) {
    return prefix.of(Instant.EPOCH, keys);
  }

  private DeliveryObject object(S3Prefix under, Partition partition, FirehoseCounts counts) {
    String key =
        under.of(partition.oldest, partition.keys)
            + String.join(
                "-",
                options.name(),
                STREAM_VERSION,
                SUFFIX_TIME.format(partition.oldest),
                ids.uuid().toString())
            + options.compression().extension();
    return new DeliveryObject(key, packed(partition.body.toByteArray()), counts);
  }

  private byte[] packed(byte[] body) {
    if (options.compression() == FirehoseStreamOptions.Compression.UNCOMPRESSED) {
      return body;
    }
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /** One line of JSON (Firehose, "Handle failure in data transformation"). */
  private byte[] document(FirehoseRecord record, Verdict verdict, TransformedBatch batch) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("attemptsMade", batch.attempts());
      out.writeNumberField("arrivalTimestamp", record.arrivalMillis());
      out.writeStringField("errorCode", verdict.errorCode());
      out.writeStringField("errorMessage", verdict.errorMessage());
      out.writeNumberField("attemptEndingTimestamp", batch.endMillis());
      out.writeBinaryField("rawData", record.data());
      if (options.transformation().isPresent()) {
        out.writeStringField("lambdaArn", options.transformation().get().lambdaArn());
      }
      out.writeEndObject();
      out.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
