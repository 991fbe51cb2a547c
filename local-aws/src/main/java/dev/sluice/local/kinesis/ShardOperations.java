package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** ListShards with its filters and pages. */
final class ShardOperations {
  private static final int PAGE_MAX = 10_000;
  private static final int PAGE_DEFAULT = 1_000;

  private final StreamStore store;

  ShardOperations(StreamStore store) {
    this.store = store;
  }

  Map<String, Operation> table() {
    return Map.of("ListShards", this::list);
  }

  private Answer list(Input input) {
    int limit = input.integer("MaxResults", 1, PAGE_MAX).orElse(PAGE_DEFAULT);
    return input
        .text("NextToken")
        .map(token -> nextPage(input, token, limit))
        .orElseGet(() -> firstPage(input, limit));
  }

  private Answer firstPage(Input input, int limit) {
    KinesisStream stream = store.find(input);
    Filter filter =
        input
            .object("ShardFilter")
            .map(given -> filter(given, stream))
            .orElse(new Filter("ALL", 0));
    String after = input.text("ExclusiveStartShardId").orElse("");
    if (filter.type().equals("AFTER_SHARD_ID")) {
      after = Names.required(input.object("ShardFilter").orElseThrow(), "ShardId");
    }
    return page(stream, filter, after, limit);
  }

  private Answer nextPage(Input input, String text, int limit) {
    for (String other :
        List.of("StreamName", "StreamCreationTimestamp", "ExclusiveStartShardId", "ShardFilter")) {
      if (input.has(other)) {
        throw ServiceError.invalidArgument(
            "NextToken and " + other + " cannot be provided together.");
      }
    }
    Token token =
        Token.decode(Token.SHARD_PAGE, text)
            .orElseThrow(() -> ServiceError.invalidArgument("Invalid NextToken."));
    if (token.isExpired(store.clock().nowMillis())) {
      throw ServiceError.expiredNextToken("NextToken has expired.");
    }
    KinesisStream stream = store.byName(token.streamName());
    if (stream.creationMillis() != token.creationMillis()) {
      throw ServiceError.notFound("The stream of this token has been deleted.");
    }
    return page(stream, new Filter(token.detail(), token.position()), token.shardId(), limit);
  }

  private Answer page(KinesisStream stream, Filter filter, String after, int limit) {
    List<Shard> rest =
        stream.shards().stream()
            .filter(filter.accepts())
            .filter(shard -> shard.id().compareTo(after) > 0)
            .toList();
    List<Shard> page = rest.subList(0, Math.min(limit, rest.size()));
    Optional<String> next =
        page.size() == rest.size()
            ? Optional.empty()
            : Optional.of(
                new Token(
                        Token.SHARD_PAGE,
                        stream.name(),
                        stream.creationMillis(),
                        page.get(page.size() - 1).id(),
                        filter.moment(),
                        store.clock().nowMillis(),
                        filter.type())
                    .encode());
    return out -> {
      Structures.shards(out, page);
      out.text("NextToken", next.orElse(null));
    };
  }

  private Filter filter(Input given, KinesisStream stream) {
    String type = given.requiredText("Type");
    // before its birth a stream had no shards, and behind the horizon they have expired: both mean
    // the oldest ones left
    long oldest = Math.max(stream.horizon(), stream.birth());
    return switch (type) {
      case "AFTER_SHARD_ID", "AT_LATEST" -> new Filter(type, 0);
      case "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON" -> new Filter(type, oldest);
      case "AT_TIMESTAMP", "FROM_TIMESTAMP" ->
          new Filter(
              type, Math.max(oldest, StartingPosition.firstAt(given, store.clock().nowMillis())));
      default ->
          throw given.invalid(
              "ShardFilter.Type",
              type,
              "Member must satisfy enum value set: [AFTER_SHARD_ID, AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST, AT_TIMESTAMP, FROM_TIMESTAMP]");
    };
  }

  /**
   * @param moment position that the AT_ and FROM_ types mean
   */
  private record Filter(String type, long moment) {
    Predicate<Shard> accepts() {
      return switch (type) {
        case "AT_LATEST" -> Shard::isOpen;
        case "AT_TRIM_HORIZON", "AT_TIMESTAMP" -> shard -> shard.isOpenAt(moment);
        case "FROM_TRIM_HORIZON", "FROM_TIMESTAMP" -> shard -> shard.isOpenAfter(moment);
        default -> shard -> true;
      };
    }
  }
}
