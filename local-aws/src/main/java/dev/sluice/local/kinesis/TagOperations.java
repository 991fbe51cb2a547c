package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Tags of streams, under their older and their newer operation names. */
final class TagOperations {
  /** AWS quota per stream. */
  static final int TAGS_MAX = 50;

  private final StreamStore store;

  TagOperations(StreamStore store) {
    this.store = store;
  }

  Map<String, Operation> table() {
    return Map.of(
        "AddTagsToStream", input -> add(store.find(input), input),
        "ListTagsForStream", this::listPage,
        "RemoveTagsFromStream", input -> remove(store.find(input), input),
        "TagResource", input -> add(store.byArn(input.requiredText("ResourceARN")), input),
        "ListTagsForResource", this::listAll,
        "UntagResource", input -> remove(store.byArn(input.requiredText("ResourceARN")), input));
  }

  private static Answer add(KinesisStream stream, Input input) {
    Map<String, String> added = input.textMap("Tags");
    if (added.isEmpty()) {
      throw input.missing("Tags");
    }
    Map<String, String> all = stream.sortedTags();
    all.putAll(added);
    if (all.size() > TAGS_MAX) {
      throw ServiceError.limitExceeded("A stream can have " + TAGS_MAX + " tags.");
    }
    stream.tags().putAll(added);
    return Answer.EMPTY;
  }

  private static Answer remove(KinesisStream stream, Input input) {
    stream.tags().keySet().removeAll(input.texts("TagKeys"));
    return Answer.EMPTY;
  }

  private Answer listPage(Input input) {
    KinesisStream stream = store.find(input);
    int limit = input.integer("Limit", 1, TAGS_MAX).orElse(TAGS_MAX);
    String after = input.text("ExclusiveStartTagKey").orElse("");
    List<Map.Entry<String, String>> rest =
        stream.sortedTags().entrySet().stream()
            .filter(tag -> tag.getKey().compareTo(after) > 0)
            .toList();
    List<Map.Entry<String, String>> page = rest.subList(0, Math.min(limit, rest.size()));
    return out -> {
      writeTags(out, page);
      out.flag("HasMoreTags", page.size() < rest.size());
    };
  }

  private Answer listAll(Input input) {
    KinesisStream stream = store.byArn(input.requiredText("ResourceARN"));
    return out -> writeTags(out, List.copyOf(stream.sortedTags().entrySet()));
  }

  private static void writeTags(WireWriter out, List<Map.Entry<String, String>> tags)
      throws IOException {
    out.objects(
        "Tags",
        tags,
        tag -> {
          out.text("Key", tag.getKey());
          out.text("Value", tag.getValue());
        });
  }
}
