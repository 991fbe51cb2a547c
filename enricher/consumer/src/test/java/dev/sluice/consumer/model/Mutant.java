package dev.sluice.consumer.model;

import java.util.List;

/**
 * The rules of exactly once, each broken on purpose: an edit of a production class, which the test
 * compiles. An edit that does not apply any more fails the test and wants to be written anew.
 */
enum Mutant {
  // The key, and who writes it.
  KEY_OF_FIRST_RECORD(
      edit(
          "tiles/TileCommit",
          "key = keys.commit(tile.continuesFrom(), tile.firstArrival());",
          "key = keys.commit(tile.first(), tile.firstArrival());")),
  TIME_FOLDER_BY_THE_CLOCK(
      edit(
          "tiles/TileCommit",
          "key = keys.commit(tile.continuesFrom(), tile.firstArrival());",
          "key = keys.commit(tile.continuesFrom(), shard.clock().instant());")),
  WRITTEN_WITHOUT_CONDITION(
      edit(
          "tiles/S3TileStore",
          "request(key, content).ifNoneMatch(\"*\")",
          "request(key, content)")),
  NO_COMMIT_WHEN_NO_LINE_IS_LEFT(
      edit(
          "tiles/TileCommit",
          "shard.failpoints().beforeCommit();",
          "if (header.enriched() == 0) { return new CommitResult.Committed(); }")),

  // The order of effects.
  REJECTS_AFTER_THEIR_COMMIT(
      edit(
          "tiles/TileCommit",
          "rejectsKey.ifPresent( k -> shard.store().put(k,"
              + " TileStore.Content.gzip(rejects.orElseThrow(), Map.of())));",
          ""),
      edit(
          "tiles/TileCommit",
          "private CommitResult committed() {",
          "private CommitResult committed() { rejectsKey.ifPresent(k -> shard.store().put(k,"
              + " TileStore.Content.gzip(rejects.orElseThrow(), Map.of())));")),
  ONE_REJECTS_KEY_FOR_ALL_RUNS(edit("tiles/TileKeys", "+ '-' + runId + SUFFIX", "+ SUFFIX")),
  OTHER_SINKS_AFTER_THE_COMMIT(
      edit("tiles/TileCommit", "writeToSinks(); rejectsKey", "rejectsKey"),
      edit(
          "tiles/TileCommit",
          "private CommitResult committed() {",
          "private CommitResult committed() { writeToSinks();")),
  COUNTED_BEFORE_THE_COMMIT(
      edit(
          "tiles/TileCommit",
          "shard.failpoints().beforeCommit();",
          "shard.events().tileCommitted(shard.address().shardId(), counts, 0);")),
  CHECKPOINT_BEFORE_THE_COMMIT(
      edit(
          "tiles/ShardTiles",
          "continuesFrom = sealed.last();",
          "continuesFrom = sealed.last(); progress.committed(sealed.last());")),

  // One commit in flight, the same bytes.
  SEVERAL_COMMITS_IN_FLIGHT(
      edit(
          "tiles/ShardTiles", "if (inFlight != null) { return next == null; } seal();", "seal();")),
  OTHER_BYTES_SENT_AGAIN(
      edit(
          "tiles/S3TileStore",
          "private final Pause pause;",
          "private final Pause pause; int sends;"),
      edit(
          "tiles/S3TileStore",
          "RequestBody.fromBytes(content.bytes())",
          "RequestBody.fromBytes(java.util.Arrays.copyOf(content.bytes(),"
              + " content.bytes().length + sends++ % 2))")),
  TIMEOUT_TAKEN_FOR_SUCCESS(
      edit(
          "tiles/S3TileStore",
          "return PutAnswer.CREATED; } catch (AwsServiceException e) {",
          "return PutAnswer.CREATED; } catch"
              + " (software.amazon.awssdk.core.exception.SdkClientException e) { return"
              + " PutAnswer.CREATED; } catch (AwsServiceException e) {")),

  // 412.
  OWN_EARLIER_ATTEMPT_TAKEN_FOR_ANOTHER_RUN(
      edit("tiles/TileCommit", "if (!found.runId().equals(shard.runId())) {", "if (true) {")),
  ANOTHER_RUN_TAKEN_FOR_THIS_ONE(
      edit("tiles/TileCommit", "if (!found.runId().equals(shard.runId())) {", "if (false) {"),
      edit("tiles/TileCommit", "if (!found.last().equals(header.last())) {", "if (false) {")),
  MISSING_METADATA_TAKEN_FOR_SUCCESS(
      edit(
          "tiles/TileCommit",
          "return settle(TileHeader.fromMetadata(key, found.get()));",
          "return found.get().isEmpty() ? committed() : settle(TileHeader.fromMetadata(key,"
              + " found.get()));")),
  FOREIGN_TILE_ADOPTED(
      edit(
          "tiles/TileHeader",
          "var address = shard.address(); if (",
          "if (true) { return; } var address = shard.address(); if (")),
  NOTHING_DROPPED_FOR_AN_ADOPTED_TILE(
      edit("tiles/ShardTiles", "if (record.position().isAbove(end)) {", "if (true) {")),
  LATE_RECORDS_OF_AN_ADOPTED_TILE_TAKEN(edit("tiles/ShardProgress", "lastAccepted = end;", "")),
  REJECTS_OF_A_LOST_RACE_STAY(
      edit("tiles/TileCommit", "rejectsKey.ifPresent(this::removeRejects);", "")),
  ADOPTED_END_CHECKPOINTED_BEFORE_IT_IS_DELIVERED(
      edit(
          "tiles/ShardProgress",
          "if (isDelivered(end)) { committedEnd = end; } else {",
          "committedEnd = end; if (false) {")),
  CONTINUES_FROM_ITS_OWN_END_AFTER_ADOPTING(
      edit(
          "tiles/ShardTiles",
          "continuesFrom = end;",
          "continuesFrom = ours.isEmpty() ? end : ours.get(ours.size() - 1).position();")),

  // Nothing twice, no gap.
  REPEATED_RECORDS_TAKEN(
      edit("tiles/ShardProgress", "if (!position.isAbove(lastAccepted)) { return false; }", "")),
  THROWABLE_SWALLOWED(
      edit("kcl/EnrichingShardProcessor", "run.abandon(broken);", "skipped.delivered();")),
  FAILED_COMMIT_FORGOTTEN(
      edit(
          "tiles/ShardTiles",
          "CommitResult result = resultOf(inFlight);",
          "if (inFlight.isCompletedExceptionally()) { sealed = null; inFlight = null; return; }"
              + " CommitResult result = resultOf(inFlight);")),
  GOES_ON_AFTER_IT_GAVE_UP(
      edit("tiles/RunTurns", "return state == State.RUNNING;", "return state != State.CLOSED;")),
  BATCH_REFUSED_AND_FORGOTTEN(edit("tiles/ShardRun", "if (refused || !drain())", "if (!drain())")),

  // Checkpoints.
  CHECKPOINT_OF_WHAT_IS_DELIVERED(
      edit(
          "tiles/ShardProgress",
          "return Optional.ofNullable(committedEnd);",
          "return Optional.ofNullable(lastDelivered);")),
  CHECKPOINT_WITHOUT_ARGUMENTS(
      edit(
          "kcl/KclCheckpointer",
          "checkpointer.checkpoint(end.sequenceNumber(), end.subSequenceNumber())",
          "checkpointer.checkpoint()")),
  CHECKPOINT_WITHOUT_SUB_SEQUENCE_NUMBER(
      edit(
          "kcl/KclCheckpointer",
          "checkpointer.checkpoint(end.sequenceNumber(), end.subSequenceNumber())",
          "checkpointer.checkpoint(end.sequenceNumber())")),
  END_OF_SHARD_BY_THE_TIMER(
      edit(
          "kcl/TileEndCheckpoints",
          "// Not remembered: SHARD_END comes from the form without arguments only.",
          "super.sequenceNumberAtShardEnd(last);")),
  END_OF_SHARD_WITHOUT_THE_REST(
      edit("tiles/ShardRun", "if (refused || !drain())", "if (refused)"),
      edit("tiles/ShardTiles", "if (!isIdle()) {", "if (false) {")),
  END_OF_SHARD_NOT_CHECKPOINTED(
      edit(
          "tiles/ShardRun",
          "if (checkpointFinally(leaseTable::checkpointShardEnd)) {",
          "if (turns.isOpen()) {")),
  CHECKPOINT_AFTER_THE_END_OF_THE_SHARD(edit("tiles/ShardRun", "ending = true;", ""));

  /**
   * One change of a source file.
   *
   * @param file below the consumer's package, without its ending
   * @param from what stands there exactly once, white space aside
   */
  record Edit(String file, String from, String to) {}

  private final List<Edit> edits;

  Mutant(Edit... edits) {
    this.edits = List.of(edits);
  }

  private static Edit edit(String file, String from, String to) {
    return new Edit(file, from, to);
  }

  List<Edit> edits() {
    return edits;
  }
}
