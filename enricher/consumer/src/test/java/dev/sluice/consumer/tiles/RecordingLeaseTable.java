package dev.sluice.consumer.tiles;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A lease table that writes down what it is told, and answers as it is told. */
final class RecordingLeaseTable implements ShardCheckpointer {
  final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> effects;

  RecordingLeaseTable(List<String> effects) {
    this.effects = effects;
  }

  @Override
  public Answer checkpoint(Position end) {
    return answer("checkpoint " + end.text());
  }

  @Override
  public Answer checkpointShardEnd() {
    return answer("checkpoint SHARD_END");
  }

  private Answer answer(String what) {
    Answer answer = answers.isEmpty() ? Answer.DONE : answers.remove();
    effects.add(answer == Answer.DONE ? what : what + ' ' + answer);
    return answer;
  }
}
