package dev.sluice.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.report.FileReport;
import dev.sluice.files.report.FileState;
import dev.sluice.files.report.LogResult;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item for each upload, so that all uploads of one name stay. Whatever order events come in, an
 * item is only ever replaced by one of the same upload.
 */
public final class FileTable {
  /** Hash key, a string: the decoded key of the object. */
  public static final String FILE_NAME = "FileName";

  /** Range key, a string: {@link UploadEvent#uploadId()}. */
  public static final String UPLOAD = "Upload";

  /** The index of all uploads by time. */
  public static final String INDEX = "ByTime";

  /** Hash key of the index, a string, always {@link #LISTING_VALUE}. */
  public static final String LISTING = "Listing";

  public static final String LISTING_VALUE = "file";

  /** Range key of the index, a string: time of the upload, {@code #}, and the file's name. */
  public static final String LISTED = "Listed";

  /** DynamoDB takes range keys of 1,024 bytes, and so does S3 names. */
  private static final int MAX_LISTED_BYTES = 1024;

  private final DynamoDbClient client;
  private final String table;

  public FileTable(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Puts the item of an upload.
   *
   * @throws ServiceFailure when it is not there
   */
  public void put(FileReport report) {
    ServiceFailure.orThrow(
        "dynamodb:PutItem",
        "table " + table,
        () -> client.putItem(put -> put.tableName(table).item(item(report))));
  }

  private static Map<String, AttributeValue> item(FileReport report) {
    UploadEvent upload = report.upload();
    var item = new HashMap<String, AttributeValue>();
    text(item, FILE_NAME, upload.key());
    text(item, UPLOAD, upload.uploadId());
    text(item, LISTING, LISTING_VALUE);
    text(item, LISTED, listed(upload));
    text(item, "Bucket", upload.bucket());
    number(item, "FileSize", upload.bytes());
    text(item, "UploadTime", upload.time().toString());
    text(item, "VersionId", upload.versionId());
    text(item, "ETag", upload.eTag());
    text(item, "ContentType", report.contentType());
    text(item, "Kind", report.kind().label());
    text(item, "State", report.state().name());
    text(item, "Error", report.error());
    if (report.state() != FileState.PROCESSING) {
      text(item, "ProcessedTime", report.processed().toString());
      number(item, "ProcessingMillis", report.took().toMillis());
    }
    report.log().ifPresent(log -> addLog(item, log));
    return item;
  }

  private static void addLog(Map<String, AttributeValue> item, LogResult log) {
    number(item, "Lines", log.counts().in());
    number(item, "Enriched", log.enriched());
    number(item, "EnrichedWithWarnings", log.counts().enrichedWithWarnings());
    number(item, "Dropped", log.counts().dropped());
    number(item, "Rejected", log.counts().rejected());
    text(item, "OutputBucket", log.outputBucket());
    text(item, "OutputKey", log.outputKey());
    text(item, "RejectsKey", log.rejectsKey().orElse(""));
    text(item, "SummaryKey", log.summaryKey());
  }

  private static String listed(UploadEvent upload) {
    String listed = upload.time() + "#" + upload.key();
    byte[] bytes = listed.getBytes(UTF_8);
    if (bytes.length <= MAX_LISTED_BYTES) {
      return listed;
    }
    int end = MAX_LISTED_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) { // inside of a character
      end--;
    }
    return new String(bytes, 0, end, UTF_8);
  }

  /** What is empty has no attribute. */
  private static void text(Map<String, AttributeValue> item, String name, String value) {
    if (!value.isEmpty()) {
      item.put(name, AttributeValue.fromS(value));
    }
  }

  private static void number(Map<String, AttributeValue> item, String name, long value) {
    item.put(name, AttributeValue.fromN(Long.toString(value)));
  }
}
