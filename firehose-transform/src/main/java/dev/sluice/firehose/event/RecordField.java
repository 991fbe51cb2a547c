package dev.sluice.firehose.event;

/** What is known of a record, by the names of the event. */
public enum RecordField {
  /** {@code recordId}, as the inside of a JSON string: it goes back as it came. */
  ID,
  /** {@code data}: Base64, unless the event is odd. */
  DATA,
  /** {@code kinesisRecordMetadata.shardId}. */
  SHARD_ID,
  /** {@code kinesisRecordMetadata.partitionKey}; a stream may leave it out. */
  PARTITION_KEY,
  /** {@code kinesisRecordMetadata.sequenceNumber}. */
  SEQUENCE_NUMBER,
  /** {@code kinesisRecordMetadata.subsequenceNumber}: seen as a number, as text and empty. */
  SUB_SEQUENCE_NUMBER;

  static final int COUNT = values().length;
}
