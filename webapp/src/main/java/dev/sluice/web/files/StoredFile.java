package dev.sluice.web.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One upload of one file, as an item of the table says; docs/files.md lists the attributes. An
 * attribute that is missing or of another type counts as absent: the page then shows a dash.
 */
final class StoredFile {

  static final String NAME = "FileName";
  static final String UPLOAD = "Upload";

  /** Attributes that the page shows, with their names in its JSON. */
  private static final Map<String, String> TEXTS =
      ordered(
          NAME,
          "name",
          UPLOAD,
          "upload",
          "UploadTime",
          "uploaded",
          "State",
          "state",
          "Kind",
          "kind",
          "ContentType",
          "contentType",
          "VersionId",
          "version",
          "ETag",
          "eTag",
          "ProcessedTime",
          "processed",
          "Error",
          "error");

  private static final Map<String, String> NUMBERS =
      ordered(
          "FileSize", "size",
          "ProcessingMillis", "processingMillis",
          "Lines", "lines",
          "Enriched", "enriched",
          "EnrichedWithWarnings", "enrichedWithWarnings",
          "Dropped", "dropped",
          "Rejected", "rejected");

  /** Every attribute that is read. */
  static final List<String> ATTRIBUTES =
      Stream.of(
              TEXTS.keySet(),
              NUMBERS.keySet(),
              List.of("OutputBucket", "OutputKey", "RejectsKey", "SummaryKey"))
          .flatMap(Collection::stream)
          .toList();

  private final Map<String, AttributeValue> item;

  StoredFile(Map<String, AttributeValue> item) {
    this.item = item;
  }

  private static Map<String, String> ordered(String... pairs) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  String name() {
    return text(NAME).orElse("");
  }

  String upload() {
    return text(UPLOAD).orElse("");
  }

  String state() {
    return text("State").orElse("");
  }

  long size() {
    return number("FileSize").orElse(0);
  }

  Optional<String> outputBucket() {
    return text("OutputBucket");
  }

  Optional<String> outputKey() {
    return text("OutputKey");
  }

  Optional<String> rejectsKey() {
    return text("RejectsKey");
  }

  Optional<String> summaryKey() {
    return text("SummaryKey");
  }

  private Optional<String> text(String attribute) {
    AttributeValue value = item.get(attribute);
    return value == null ? Optional.empty() : Optional.ofNullable(value.s());
  }

  private OptionalLong number(String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null || value.n() == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.n()));
    } catch (NumberFormatException notWhole) {
      return OptionalLong.empty();
    }
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    TEXTS.forEach((attribute, name) -> text(attribute).ifPresent(text -> json.put(name, text)));
    NUMBERS.forEach(
        (attribute, name) -> number(attribute).ifPresent(number -> json.put(name, number)));
    return json.put("hasOutput", outputKey().isPresent())
        .put("hasRejects", rejectsKey().isPresent())
        .put("hasSummary", summaryKey().isPresent());
  }
}
