package dev.sluice.functions.fanout.alerts;

/** Tells whom it concerns. */
@FunctionalInterface
interface AlertPut {
  void publish(ShardKey shard, AlertMessage message);
}
