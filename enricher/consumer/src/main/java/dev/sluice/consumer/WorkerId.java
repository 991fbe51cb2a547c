package dev.sluice.consumer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Name of one worker, never used before or after, and of its shard runs. One worker may lose a
 * shard and take it again while a write of the earlier run is still on its way; so every run has a
 * name of its own.
 */
final class WorkerId {
  private static final int MAX_HOST_CHARS = 40;

  private final String text;
  private final AtomicLong runs = new AtomicLong();

  private WorkerId(String text) {
    this.text = text;
  }

  static WorkerId create() {
    return new WorkerId(host() + '-' + UUID.randomUUID());
  }

  private static String host() {
    try {
      String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "");
      return name.substring(0, Math.min(name.length(), MAX_HOST_CHARS));
    } catch (UnknownHostException e) {
      return "unknown"; // the UUID alone makes it unique
    }
  }

  String nextRunId() {
    return text + '-' + runs.incrementAndGet();
  }

  @Override
  public String toString() {
    return text;
  }
}
