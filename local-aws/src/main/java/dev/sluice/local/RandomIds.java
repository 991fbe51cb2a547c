package dev.sluice.local;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Identifiers as AWS hands them out, from a given source of randomness. Thread-safe. */
public final class RandomIds {

  private static final long VERSION_BITS = 0xf000L;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
  private static final long VARIANT_RFC_9562 = 0x8000_0000_0000_0000L;

  private final RandomGenerator random;

  public RandomIds(RandomGenerator random) {
    this.random = random;
  }

  /** A random UUID (version 4). */
  public synchronized UUID uuid() {
    long high = (random.nextLong() & ~VERSION_BITS) | VERSION_4;
    long low = (random.nextLong() & ~VARIANT_BITS) | VARIANT_RFC_9562;
    return new UUID(high, low);
  }

  /** That many hexadecimal digits, at most 32. */
  public String hex(int digits) {
    return uuid().toString().replace("-", "").substring(0, digits);
  }
}
