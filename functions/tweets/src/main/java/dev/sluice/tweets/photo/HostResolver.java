package dev.sluice.tweets.photo;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks for the addresses of a host. */
@FunctionalInterface
public interface HostResolver {

  /** At least one. */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
