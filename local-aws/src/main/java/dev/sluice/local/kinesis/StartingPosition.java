package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.time.Instant;

/** Where a reader starts in a shard: the rules that GetShardIterator and SubscribeToShard share. */
final class StartingPosition {
  private StartingPosition() {}

  /**
   * The position after which the wanted records are.
   *
   * @param input holds the type and its Timestamp
   * @param typeMember name of the type's member
   * @param sequenceMember name of the sequence number's member
   */
  static long resolve(
      Input input, String typeMember, String sequenceMember, Shard shard, long nowMillis) {
    String type = input.requiredText(typeMember);
    return switch (type) {
      case "TRIM_HORIZON" -> shard.start();
      case "LATEST" -> shard.last();
      case "AT_SEQUENCE_NUMBER" ->
          Math.max(shard.start(), sequencePosition(input, sequenceMember, shard) - 1);
      case "AFTER_SEQUENCE_NUMBER" ->
          Math.max(shard.start(), sequencePosition(input, sequenceMember, shard));
      case "AT_TIMESTAMP" -> Math.max(shard.start(), firstAt(input, nowMillis) - 1);
      default ->
          throw input.invalid(
              typeMember,
              type,
              "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]");
    };
  }

  /** The first position of the member Timestamp, which must not lie in the future. */
  static long firstAt(Input input, long nowMillis) {
    Instant timestamp =
        input
            .timestamp("Timestamp")
            .orElseThrow(
                () -> ServiceError.invalidArgument("Timestamp must be given for this type."));
    if (timestamp.toEpochMilli() > nowMillis) {
      throw ServiceError.invalidArgument(
          "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: "
              + timestamp.toEpochMilli()
              + ", currentTimestampInMillis: "
              + nowMillis);
    }
    return SequenceClock.firstAt(timestamp.toEpochMilli());
  }

  private static long sequencePosition(Input input, String member, Shard shard) {
    String text =
        input
            .text(member)
            .orElseThrow(
                () -> ServiceError.invalidArgument(member + " must be given for this type."));
    return shard
        .position(text)
        .orElseThrow(
            () ->
                ServiceError.invalidArgument(
                    member
                        + " "
                        + text
                        + " is invalid because it did not come from shard "
                        + shard.id()
                        + "."));
  }
}
