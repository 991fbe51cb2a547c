package dev.sluice.functions.fanout.alerts;

/** One shard, as one application reads it. */
record ShardKey(String application, String stream, String shardId) {

  /** The key of its item. */
  String text() {
    return application + '/' + stream + '/' + shardId;
  }
}
