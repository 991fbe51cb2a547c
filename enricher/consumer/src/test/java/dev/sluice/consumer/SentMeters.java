package dev.sluice.consumer;

import dev.sluice.local.metrics.MetricName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/** Takes what Micrometer sends to CloudWatch, and remembers the names. */
final class SentMeters implements CloudWatchAsyncClient {
  private final SortedSet<MetricName> names = Collections.synchronizedSortedSet(new TreeSet<>());
  private final SortedSet<String> namespaces = Collections.synchronizedSortedSet(new TreeSet<>());

  @Override
  public CompletableFuture<PutMetricDataResponse> putMetricData(PutMetricDataRequest request) {
    namespaces.add(request.namespace());
    request.metricData().forEach(datum -> names.add(name(datum)));
    return CompletableFuture.completedFuture(PutMetricDataResponse.builder().build());
  }

  private static MetricName name(MetricDatum datum) {
    return MetricName.of(
        datum.metricName(),
        datum.unitAsString(),
        datum.dimensions().stream().map(Dimension::name).toList());
  }

  SortedSet<MetricName> names() {
    return names;
  }

  SortedSet<String> namespaces() {
    return namespaces;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
