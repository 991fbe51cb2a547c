package dev.sluice.local.notification;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells whoever listens what changes in a store. Thread-safe. */
public final class ObjectChanges {
  private static final String SEQUENCER = "%016X";

  private final InstantSource clock;
  private final AtomicLong sequence = new AtomicLong(1);
  private final List<Consumer<ObjectChange>> listeners = new CopyOnWriteArrayList<>();

  public ObjectChanges(InstantSource clock) {
    this.clock = clock;
  }

  /** Tells of all changes from now on, by the thread that makes each; it must not wait for long. */
  public void listen(Consumer<ObjectChange> listener) {
    listeners.add(listener);
  }

  /** Tells nobody any more. */
  public void forget(Consumer<ObjectChange> listener) {
    listeners.remove(listener);
  }

  /** Whether anybody listens. */
  public boolean isHeard() {
    return !listeners.isEmpty();
  }

  /** Something was put. */
  public void created(String name, String bucket, String key, long bytes, String eTag) {
    tell(name, bucket, key, bytes, eTag.replace("\"", ""));
  }

  /** Something was deleted. */
  public void deleted(String bucket, String key) {
    tell(ObjectChange.DELETE, bucket, key, 0, "");
  }

  private void tell(String name, String bucket, String key, long bytes, String eTag) {
    var change =
        new ObjectChange(
            name,
            bucket,
            key,
            bytes,
            eTag,
            String.format(SEQUENCER, sequence.getAndIncrement()),
            clock.instant());
    listeners.forEach(listener -> listener.accept(change));
  }
}
