package dev.sluice.enricher.steps;

import java.util.Objects;
import java.util.Optional;

/**
 * What is written instead of addresses.
 *
 * @param ipv4Bits kept of IPv4 addresses by {@link Mode#TRUNCATE}
 * @param ipv6Bits kept of IPv6 addresses by {@link Mode#TRUNCATE}
 * @param key of {@link Mode#HMAC}
 */
public record Anonymisation(Mode mode, int ipv4Bits, int ipv6Bits, Optional<PseudonymKey> key) {
  public static final int DEFAULT_IPV4_BITS = 24;
  public static final int DEFAULT_IPV6_BITS = 48;
  public static final int MAX_IPV4_BITS = 31;
  public static final int MAX_IPV6_BITS = 127;

  /** How. */
  public enum Mode {
    /** Addresses stay. */
    OFF,
    /** The first bits stay, the others become zero. */
    TRUNCATE,
    /** A pseudonym under a key. */
    HMAC
  }

  public Anonymisation {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(key, "key");
    if (mode == Mode.HMAC && key.isEmpty()) {
      throw new IllegalArgumentException("no key");
    }
  }

  /** A mask for one thread, or null when addresses stay. */
  AddressMask newMask() {
    return switch (mode) {
      case OFF -> null;
      case TRUNCATE -> new TruncatedAddress(ipv4Bits, ipv6Bits);
      case HMAC -> new AddressPseudonym(key.orElseThrow());
    };
  }
}
