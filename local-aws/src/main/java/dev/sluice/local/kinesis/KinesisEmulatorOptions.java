package dev.sluice.local.kinesis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How a {@link KinesisEmulator} behaves. Start from {@link #defaults()}.
 *
 * @param port TCP port on 127.0.0.1; 0 takes a free one
 * @param shardLimits whether a shard refuses more than 1,000 records/s and 1 MiB/s in, and more
 *     than 5 GetRecords calls/s and 2 MiB/s out
 * @param subscriptionDuration after this a subscription ends, as the service does after 5 minutes
 * @param heartbeatInterval a subscription without records sends an empty event this often; below
 *     the SDK's read time-out of 10 s
 * @param resubscribeWindow a subscription of the same consumer and shard is refused this long after
 *     the last one began
 * @param retainedBytesMax bound of everything that all streams hold together, in bytes; a put
 *     beyond it is refused with LimitExceededException
 * @param retentionHour how long an hour of a stream's retention lasts: a shorter one lets a load
 *     run for hours in bounded memory
 * @param accountId twelve digits, part of every ARN
 * @param region part of every ARN
 * @param clock time of arrivals, limits, retention and tokens
 */
public record KinesisEmulatorOptions(
    int port,
    boolean shardLimits,
    Duration subscriptionDuration,
    Duration heartbeatInterval,
    Duration resubscribeWindow,
    long retainedBytesMax,
    Duration retentionHour,
    String accountId,
    String region,
    InstantSource clock) {
  private static final long DEFAULT_RETAINED_BYTES_MAX = 512L * 1024 * 1024;
  private static final int PORT_MAX = 65_535;

  public KinesisEmulatorOptions {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(region, "region");
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
    requirePositive(subscriptionDuration, "subscriptionDuration");
    requirePositive(heartbeatInterval, "heartbeatInterval");
    requirePositive(retentionHour, "retentionHour");
    if (resubscribeWindow.isNegative()) {
      throw new IllegalArgumentException("resubscribeWindow is negative: " + resubscribeWindow);
    }
    if (retainedBytesMax <= 0) {
      throw new IllegalArgumentException("retainedBytesMax is not positive: " + retainedBytesMax);
    }
    if (!accountId.matches("[0-9]{12}")) {
      throw new IllegalArgumentException("accountId is not twelve digits: " + accountId);
    }
  }

  /** The service's own times and limits, a free port, 512 MiB, region us-east-1. */
  public static KinesisEmulatorOptions defaults() {
    return new KinesisEmulatorOptions(
        0,
        true,
        Duration.ofMinutes(5),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        DEFAULT_RETAINED_BYTES_MAX,
        Duration.ofHours(1),
        "000000000000",
        "us-east-1",
        InstantSource.system());
  }

  public KinesisEmulatorOptions withPort(int port) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withShardLimits(boolean shardLimits) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withSubscriptionDuration(Duration subscriptionDuration) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withHeartbeatInterval(Duration heartbeatInterval) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withResubscribeWindow(Duration resubscribeWindow) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withRetainedBytesMax(long retainedBytesMax) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withRetentionHour(Duration retentionHour) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withAccountId(String accountId) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withRegion(String region) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  public KinesisEmulatorOptions withClock(InstantSource clock) {
    return new KinesisEmulatorOptions(
        port,
        shardLimits,
        subscriptionDuration,
        heartbeatInterval,
        resubscribeWindow,
        retainedBytesMax,
        retentionHour,
        accountId,
        region,
        clock);
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " is not positive: " + duration);
    }
  }
}
