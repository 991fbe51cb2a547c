package dev.sluice.local;

import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import java.util.EnumMap;
import java.util.Map;

/**
 * How an {@link EmbeddedAws} starts. Start from {@link #defaults()}.
 *
 * @param kinesis settings of the stream server, its port, its limits and the clock of the stack
 *     among them
 * @param ports of the other services on loopback; 0, or none, for a free one
 * @param sqs whether there is SQS, which takes seconds to start
 * @param faultProxies whether a {@link dev.sluice.local.proxy.FaultProxy} stands in front of each
 *     service, and the environment names it in the service's place
 */
public record EmbeddedAwsOptions(
    KinesisEmulatorOptions kinesis,
    Map<AwsService, Integer> ports,
    boolean sqs,
    boolean faultProxies) {

  public EmbeddedAwsOptions {
    ports = Map.copyOf(ports);
  }

  /** Free ports, and the stream's limits of the real service on; no SQS and no proxies. */
  public static EmbeddedAwsOptions defaults() {
    return new EmbeddedAwsOptions(KinesisEmulatorOptions.defaults(), Map.of(), false, false);
  }

  public EmbeddedAwsOptions withKinesis(KinesisEmulatorOptions changed) {
    return new EmbeddedAwsOptions(changed, ports, sqs, faultProxies);
  }

  /** The port of a service, 0 for a free one. */
  public EmbeddedAwsOptions withPort(AwsService service, int port) {
    if (service == AwsService.KINESIS) {
      return withKinesis(kinesis.withPort(port));
    }
    var changed = new EnumMap<AwsService, Integer>(AwsService.class);
    changed.putAll(ports);
    changed.put(service, port);
    return new EmbeddedAwsOptions(kinesis, changed, sqs, faultProxies);
  }

  public EmbeddedAwsOptions withSqs(boolean changed) {
    return new EmbeddedAwsOptions(kinesis, ports, changed, faultProxies);
  }

  public EmbeddedAwsOptions withFaultProxies(boolean changed) {
    return new EmbeddedAwsOptions(kinesis, ports, sqs, changed);
  }

  int port(AwsService service) {
    return ports.getOrDefault(service, 0);
  }
}
