package dev.sluice.consumer.sinks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Takes texts as a test says, and remembers each call and what it took. */
final class FakeService implements BatchService<String> {
  final List<List<String>> calls = new ArrayList<>();
  final List<String> taken = new ArrayList<>();
  BatchLimits limits = new BatchLimits(3, 20, 10);

  /** Refused entries of a call, by index; may throw. */
  Function<List<String>, Map<Integer, String>> answer = entries -> Map.of();

  @Override
  public String operation() {
    return "PutTexts";
  }

  @Override
  public String target() {
    return "shelf";
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public int bytes(String entry) {
    return entry.length();
  }

  @Override
  public Map<Integer, String> refused(List<String> entries) {
    List<String> call = List.copyOf(entries);
    synchronized (this) {
      calls.add(call);
    }
    Map<Integer, String> refused = new HashMap<>(answer.apply(call));
    synchronized (this) {
      for (int i = 0; i < call.size(); i++) {
        if (!refused.containsKey(i)) {
          taken.add(call.get(i));
        }
      }
    }
    return refused;
  }
}
