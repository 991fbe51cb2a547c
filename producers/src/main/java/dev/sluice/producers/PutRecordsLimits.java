package dev.sluice.producers;

/**
 * Bounds of one PutRecords request.
 *
 * <p>Kinesis by now takes records and requests of up to 10 MiB, but the {@code MaxRecordSize} of a
 * stream still is 1 MiB unless somebody raised it, hence the defaults.
 *
 * @param maxRecords records in one request, 1 to 500
 * @param maxRequestBytes data and partition keys of one request, in bytes
 * @param maxRecordBytes data and partition key of one record, in bytes, not above {@code
 *     maxRequestBytes}
 * @see <a
 *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
 */
public record PutRecordsLimits(int maxRecords, int maxRequestBytes, int maxRecordBytes) {
  /** Records that Kinesis takes in one request. */
  public static final int MAX_RECORDS = 500;

  /** Default bound of a request: 5 MiB. */
  public static final int DEFAULT_REQUEST_BYTES = 5 * 1024 * 1024;

  /** Default bound of a record: 1 MiB. */
  public static final int DEFAULT_RECORD_BYTES = 1024 * 1024;

  /** The most that Kinesis takes in a request, and in a record of a stream made for it: 10 MiB. */
  public static final int LARGEST_BYTES = 10 * 1024 * 1024;

  /** Smallest useful bound of a record: the longest partition key and a kibibyte beside it. */
  public static final int SMALLEST_RECORD_BYTES = 2048;

  public PutRecordsLimits {
    if (maxRecords < 1 || maxRecords > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "records per request: " + maxRecords + " is not in 1.." + MAX_RECORDS);
    }
    if (maxRecordBytes < SMALLEST_RECORD_BYTES || maxRecordBytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "bytes per record: "
              + maxRecordBytes
              + " is not in "
              + SMALLEST_RECORD_BYTES
              + ".."
              + LARGEST_BYTES);
    }
    if (maxRequestBytes < maxRecordBytes || maxRequestBytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "bytes per request: "
              + maxRequestBytes
              + " is not in "
              + maxRecordBytes
              + " (bytes per record).."
              + LARGEST_BYTES);
    }
  }

  /** 500 records, 5 MiB a request, 1 MiB a record. */
  public static PutRecordsLimits defaults() {
    return new PutRecordsLimits(MAX_RECORDS, DEFAULT_REQUEST_BYTES, DEFAULT_RECORD_BYTES);
  }
}
