package dev.sluice.consumer;

/** What a watch may do with the worker. */
record WorkerActions(WorkerLifecycle worker) implements StallWatch.Actions {
  @Override
  public void restart(String shardId) {
    worker.restart(shardId);
  }

  @Override
  public void fail(Throwable cause) {
    worker.workerFailed(cause);
  }

  @Override
  public boolean isStopping() {
    return worker.isStopping();
  }
}
