package dev.sluice.consumer.kcl;

import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardCheckpointer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibRetryableException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * KCL's lease table. Its form without arguments means "everything delivered" and is used for the
 * end of a shard only.
 */
final class KclCheckpointer implements ShardCheckpointer {
  private static final int MAX_CAUSES = 10; // causes may go round in a circle

  private final RecordProcessorCheckpointer checkpointer;

  KclCheckpointer(RecordProcessorCheckpointer checkpointer) {
    this.checkpointer = checkpointer;
  }

  @Override
  public Answer checkpoint(Position end) {
    return answerTo(() -> checkpointer.checkpoint(end.sequenceNumber(), end.subSequenceNumber()));
  }

  @Override
  public Answer checkpointShardEnd() {
    return answerTo(checkpointer::checkpoint);
  }

  private static Answer answerTo(Call call) {
    try {
      call.run();
      return Answer.DONE;
    } catch (ShutdownException e) {
      return Answer.LEASE_GONE;
    } catch (ThrottlingException e) {
      return Answer.THROTTLED;
    } catch (KinesisClientLibRetryableException e) {
      return Answer.UNAVAILABLE;
    } catch (InvalidStateException e) {
      throw new IllegalStateException("the lease table cannot take a checkpoint", e);
    } catch (RuntimeException e) {
      if (isWithoutAnswer(e)) {
        return Answer.UNAVAILABLE;
      }
      throw e;
    }
  }

  /**
   * Whether DynamoDB could not be reached. KCL translates the answers of DynamoDB only; refused and
   * broken connections come through it as a bare RuntimeException (DynamoDBLeaseRefresher,
   * AWSExceptionManager.apply).
   */
  private static boolean isWithoutAnswer(RuntimeException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof SdkClientException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** One checkpoint, in either form. */
  private interface Call {
    void run()
        throws ShutdownException,
            ThrottlingException,
            KinesisClientLibRetryableException,
            InvalidStateException;
  }
}
