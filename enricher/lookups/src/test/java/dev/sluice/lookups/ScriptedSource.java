package dev.sluice.lookups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Knows what it was told, fails when it was told to, and remembers what it was asked. */
final class ScriptedSource implements KeySource {
  static final String NAME = "scripted";

  private final int maxKeysPerCall;
  private final int maxCallsInFlight;
  final Map<String, Answer> answers = new HashMap<>();
  final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger mostInFlight = new AtomicInteger();
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile boolean fails;
  volatile boolean closed;

  ScriptedSource(int maxKeysPerCall, int maxCallsInFlight) {
    this.maxKeysPerCall = maxKeysPerCall;
    this.maxCallsInFlight = maxCallsInFlight;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int maxKeysPerCall() {
    return maxKeysPerCall;
  }

  @Override
  public int maxCallsInFlight() {
    return maxCallsInFlight;
  }

  @Override
  public void ask(List<String> keys, Deadline deadline, BiConsumer<String, Answer> told)
      throws SourceFailedException {
    calls.add(List.copyOf(keys));
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      gate.await();
      if (fails) {
        throw new SourceFailedException("told to", null);
      }
      keys.stream().filter(answers::containsKey).forEach(key -> told.accept(key, answers.get(key)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
