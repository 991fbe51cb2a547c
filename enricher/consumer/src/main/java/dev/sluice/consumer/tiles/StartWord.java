package dev.sluice.consumer.tiles;

/**
 * Where a shard without a checkpoint starts, in KCL's words. LATEST is missing on purpose: it would
 * name another place after every restart, so it becomes AT_TIMESTAMP of the first start.
 */
public enum StartWord implements ContinuesFrom {
  TRIM_HORIZON,
  AT_TIMESTAMP;

  @Override
  public String text() {
    return name();
  }
}
