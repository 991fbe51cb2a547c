package dev.sluice.local.kinesis;

import java.util.List;
import java.util.Map;

/**
 * Fan-out consumers: register, deregister, describe, list. A consumer is ACTIVE when
 * RegisterStreamConsumer answers.
 */
final class ConsumerOperations {
  /** AWS quota per stream. */
  static final int CONSUMERS_MAX = 20;

  private static final int PAGE_MAX = 10_000;
  private static final int PAGE_DEFAULT = 100;

  private final ConsumerDirectory directory;
  private final StreamStore store;

  ConsumerOperations(StreamStore store, ConsumerDirectory directory) {
    this.store = store;
    this.directory = directory;
  }

  Map<String, Operation> table() {
    return Map.of(
        "RegisterStreamConsumer", this::register,
        "DeregisterStreamConsumer", this::deregister,
        "DescribeStreamConsumer", this::describe,
        "ListStreamConsumers", this::list);
  }

  private Answer register(Input input) {
    KinesisStream stream = store.byArn(input.requiredText("StreamARN"));
    String name = Names.required(input, "ConsumerName");
    StreamConsumer consumer = directory.register(stream, name);
    return out -> out.object("Consumer", members -> Structures.consumer(members, consumer));
  }

  private Answer deregister(Input input) {
    ConsumerDirectory.Entry entry = directory.find(input);
    directory.deregister(entry);
    return Answer.EMPTY;
  }

  private Answer describe(Input input) {
    ConsumerDirectory.Entry entry = directory.find(input);
    return out ->
        out.object(
            "ConsumerDescription",
            members -> {
              Structures.consumer(members, entry.consumer());
              members.text("StreamARN", entry.stream().arn());
            });
  }

  private Answer list(Input input) {
    KinesisStream stream = store.byArn(input.requiredText("StreamARN"));
    int limit = input.integer("MaxResults", 1, PAGE_MAX).orElse(PAGE_DEFAULT);
    String after = input.text("NextToken").orElse(""); // the last name of the page before
    List<StreamConsumer> rest =
        stream.consumers().values().stream()
            .filter(consumer -> consumer.name().compareTo(after) > 0)
            .toList();
    List<StreamConsumer> page = rest.subList(0, Math.min(limit, rest.size()));
    return out -> {
      out.objects("Consumers", page, consumer -> Structures.consumer(out, consumer));
      out.text("NextToken", page.size() < rest.size() ? page.get(page.size() - 1).name() : null);
    };
  }
}
