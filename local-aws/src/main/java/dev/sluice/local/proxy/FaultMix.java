package dev.sluice.local.proxy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which share of calls meets which fault. The same seed and the same calls in the same order meet
 * the same faults. Start from {@link #none()}.
 *
 * @param shares 0 to 1 for each fault, together at most 1; REFUSE counts connections, the others
 *     calls
 * @param latency of LATENCY
 * @param hang how long a call of HANG waits
 * @param errorStatus HTTP status of ERROR, 500 to 599
 */
public record FaultMix(
    Map<Fault, Double> shares, long seed, Duration latency, Duration hang, int errorStatus) {

  /** Longest latency and hang. */
  public static final Duration WAIT_MAX = Duration.ofMinutes(5);

  public FaultMix {
    shares = Map.copyOf(shares);
    double calls = 0;
    for (Map.Entry<Fault, Double> share : shares.entrySet()) {
      if (!(share.getValue() >= 0 && share.getValue() <= 1)) {
        throw new IllegalArgumentException(
            "share of " + share.getKey() + " is not from 0 to 1: " + share.getValue());
      }
      calls += share.getKey() == Fault.REFUSE ? 0 : share.getValue();
    }
    if (calls > 1 + 1e-9) {
      throw new IllegalArgumentException("shares of calls are together above 1: " + calls);
    }
    requireWait(latency, "latency");
    requireWait(hang, "hang");
    if (errorStatus < 500 || errorStatus > 599) {
      throw new IllegalArgumentException("not a 5xx status: " + errorStatus);
    }
  }

  private static void requireWait(Duration wait, String name) {
    if (wait.isNegative() || wait.compareTo(WAIT_MAX) > 0) {
      throw new IllegalArgumentException(name + " is not from zero to " + WAIT_MAX + ": " + wait);
    }
  }

  /** No fault; 100 ms of latency, a hang of {@link #WAIT_MAX}, status 503 where one is set. */
  public static FaultMix none() {
    return new FaultMix(Map.of(), 0, Duration.ofMillis(100), WAIT_MAX, 503);
  }

  /** Every call meets the fault, or every connection. */
  public static FaultMix all(Fault fault) {
    return none().with(fault, 1);
  }

  public FaultMix with(Fault fault, double share) {
    var changed = new EnumMap<Fault, Double>(Fault.class);
    changed.putAll(shares);
    changed.put(fault, share);
    return new FaultMix(changed, seed, latency, hang, errorStatus);
  }

  public FaultMix withSeed(long changed) {
    return new FaultMix(shares, changed, latency, hang, errorStatus);
  }

  public FaultMix withLatency(Duration changed) {
    return new FaultMix(shares, seed, changed, hang, errorStatus);
  }

  public FaultMix withHang(Duration changed) {
    return new FaultMix(shares, seed, latency, changed, errorStatus);
  }

  public FaultMix withErrorStatus(int changed) {
    return new FaultMix(shares, seed, latency, hang, changed);
  }

  double share(Fault fault) {
    return shares.getOrDefault(fault, 0.0);
  }
}
