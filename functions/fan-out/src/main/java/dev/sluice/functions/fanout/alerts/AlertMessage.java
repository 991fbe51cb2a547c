package dev.sluice.functions.fanout.alerts;

import dev.sluice.fanout.Alert;
import dev.sluice.fanout.AlertText;

/**
 * An alert as it is told.
 *
 * @param id the same whenever the same alert is told, another for another shard
 * @param rule name of the rule
 * @param kind what has happened, as {@link Alert.Kind} names it
 * @param subject of printable ASCII, below 100 characters
 */
record AlertMessage(String id, String rule, String kind, String subject, String body) {

  static AlertMessage of(Alert alert, ShardKey shard) {
    String who = shard.stream() + ", " + shard.shardId();
    return new AlertMessage(
        alert.id() + '-' + shard.shardId(),
        alert.rule().name(),
        alert.kind().name(),
        AlertText.subject(alert, who),
        AlertText.body(alert, who));
  }
}
