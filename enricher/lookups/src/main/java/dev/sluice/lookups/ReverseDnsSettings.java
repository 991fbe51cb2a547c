package dev.sluice.lookups;

import java.util.Optional;

/**
 * How the DNS is asked for names of hosts.
 *
 * @param server name server as {@code host} or {@code host:port}; the system's when empty
 * @param maxInFlight most queries at a time
 * @param specialAddresses whether addresses that are not public are asked for too
 */
record ReverseDnsSettings(
    Optional<String> server, int maxInFlight, boolean specialAddresses, CacheSettings cache) {}
