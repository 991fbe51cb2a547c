package dev.sluice.tweets.photo;

import java.net.InetAddress;

/** Which addresses may be connected to. */
@FunctionalInterface
public interface AddressPolicy {
  boolean isAllowed(InetAddress address);
}
