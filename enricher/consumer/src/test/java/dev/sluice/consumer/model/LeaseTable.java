package dev.sluice.consumer.model;

import software.amazon.kinesis.checkpoint.Checkpoint;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * The lease table, behind KCL's checkpointer. A write counts only while the lease is the caller's
 * (DynamoDBCheckpointer.setCheckpoint); it may be throttled, fail, or be done and fail
 * nevertheless.
 */
final class LeaseTable implements Checkpointer {
  private final World world;
  private final Oracle oracle;

  LeaseTable(World world, Oracle oracle) {
    this.world = world;
    this.oracle = oracle;
  }

  /**
   * @param concurrencyToken id of the run
   */
  @Override
  public void setCheckpoint(
      String leaseKey, ExtendedSequenceNumber checkpoint, String concurrencyToken)
      throws KinesisClientLibException {
    Shard shard = world.shard(leaseKey);
    oracle.checkpointAsked(shard, concurrencyToken);
    world.maybeHoldUp();
    boolean fails = world.leaseTableFails();
    if (fails && world.random().nextBoolean()) {
      world.trace(() -> "  checkpoint " + text(checkpoint) + " fails");
      throw world.random().nextBoolean()
          ? new ThrottlingException("slow down")
          : new KinesisClientLibDependencyException("away");
    }
    if (shard.owner == null || !shard.owner.id.equals(concurrencyToken)) {
      world.trace(() -> "  checkpoint " + text(checkpoint) + " is refused, the lease is gone");
      throw new ShutdownException("the lease is somebody else's");
    }
    world.trace(() -> "  checkpoint of " + leaseKey + " is " + text(checkpoint));
    oracle.checkpoint(shard, checkpoint);
    shard.checkpoint = checkpoint;
    world.maybeHoldUp();
    if (fails) {
      throw new KinesisClientLibDependencyException("no answer");
    }
  }

  static String text(ExtendedSequenceNumber checkpoint) {
    return checkpoint.isSentinelCheckpoint()
        ? checkpoint.sequenceNumber()
        : checkpoint.sequenceNumber() + '.' + checkpoint.subSequenceNumber();
  }

  @Override
  public ExtendedSequenceNumber getCheckpoint(String leaseKey) {
    return world.shard(leaseKey).checkpoint;
  }

  @Override
  public Checkpoint getCheckpointObject(String leaseKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void prepareCheckpoint(
      String leaseKey, ExtendedSequenceNumber pending, String concurrencyToken) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void prepareCheckpoint(
      String leaseKey, ExtendedSequenceNumber pending, String concurrencyToken, byte[] state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void operation(String operation) {}

  @Override
  public String operation() {
    return "";
  }
}
