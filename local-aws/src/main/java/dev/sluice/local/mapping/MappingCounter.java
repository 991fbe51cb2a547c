package dev.sluice.local.mapping;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what it is told, and tells it on. */
final class MappingCounter implements MappingListener {

  private final MappingListener next;
  private final AtomicReference<MappingCounts> counts = new AtomicReference<>(MappingCounts.NONE);

  MappingCounter(MappingListener next) {
    this.next = next;
  }

  MappingCounts counts() {
    return counts.get();
  }

  private void add(MappingCounts more) {
    counts.accumulateAndGet(more, MappingCounts::plus);
  }

  @Override
  public void received(String source, int records) {
    add(new MappingCounts(records, 0, 0, 0, 0, 0, 0, 0, 0));
    next.received(source, records);
  }

  @Override
  public void invoking(String source, int records) {
    add(new MappingCounts(0, 1, 0, 0, 0, 0, 0, 0, 0));
    next.invoking(source, records);
  }

  @Override
  public void succeeded(String source, int records) {
    add(new MappingCounts(0, 0, 0, records, 0, 0, 0, 0, 0));
    next.succeeded(source, records);
  }

  @Override
  public void failed(String source, int records, String reason) {
    add(new MappingCounts(0, 0, 1, 0, records, 0, 0, 0, 0));
    next.failed(source, records, reason);
  }

  @Override
  public void bisected(String source, int records) {
    add(new MappingCounts(0, 0, 0, 0, 0, 1, 0, 0, 0));
    next.bisected(source, records);
  }

  @Override
  public void discarded(String source, int records, String condition) {
    add(new MappingCounts(0, 0, 0, 0, 0, 0, records, 0, 0));
    next.discarded(source, records, condition);
  }

  @Override
  public void windowEnded(String shardId, Instant start, Instant end, boolean early) {
    add(new MappingCounts(0, 0, 0, 0, 0, 0, 0, early ? 0 : 1, early ? 1 : 0));
    next.windowEnded(shardId, start, end, early);
  }
}
