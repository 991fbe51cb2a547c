package dev.sluice.local.recording;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.RandomIds;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * CloudWatch as a publisher of metrics sees it: PutMetricData. What it is given is remembered. A
 * request with one wrong element is refused as a whole.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">
 *     PutMetricData</a>
 */
public final class LocalCloudWatch implements AutoCloseable {
  /** Newest values that are remembered. */
  public static final int VALUES_MAX = 100_000;

  /** Elements of one request (AWS, PutMetricData). */
  static final int ELEMENTS_MAX = 1_000;

  private static final int NAMESPACE_CHARS_MAX = 255;
  private static final String XML_NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";

  private final Recorded<MetricValue> values = new Recorded<>(VALUES_MAX);
  private final InstantSource clock;
  private final QueryServer server;

  private LocalCloudWatch(int port, InstantSource clock, RandomIds ids) {
    this.clock = clock;
    server =
        QueryServer.start(
            "CloudWatch", port, XML_NAMESPACE, Map.of("PutMetricData", this::putMetricData), ids);
  }

  /**
   * Starts the service.
   *
   * @param port the port on loopback, 0 for a free one
   * @param clock time of values that say none
   * @param random source of ids
   * @throws LocalAwsException when it cannot listen there
   */
  public static LocalCloudWatch start(int port, InstantSource clock, RandomGenerator random) {
    return new LocalCloudWatch(port, clock, new RandomIds(random));
  }

  public URI endpoint() {
    return server.endpoint();
  }

  /** What was put, the oldest first. */
  public List<MetricValue> values() {
    return values.all();
  }

  /** Forgets what was put. */
  public void clear() {
    values.clear();
  }

  private String putMetricData(QueryInput input) {
    String namespace = input.text("Namespace").orElse("");
    if (namespace.isEmpty() || namespace.length() > NAMESPACE_CHARS_MAX) {
      throw QueryServer.refused(
          "InvalidParameterValue",
          "The parameter Namespace must have 1 to " + NAMESPACE_CHARS_MAX + " characters.");
    }
    if (namespace.startsWith("AWS/")) {
      throw QueryServer.refused(
          "InvalidParameterValue", "The value AWS/ for parameter Namespace is invalid.");
    }
    List<QueryInput> data = input.structures("MetricData.member");
    if (data.isEmpty()) {
      throw QueryServer.refused("MissingParameter", "The parameter MetricData is required.");
    }
    if (data.size() > ELEMENTS_MAX) {
      throw QueryServer.refused(
          "InvalidParameterValue",
          "The collection MetricData must not have a size greater than " + ELEMENTS_MAX + ".");
    }
    Instant now = clock.instant();
    var read = new ArrayList<MetricValue>(data.size());
    for (int i = 0; i < data.size(); i++) {
      read.add(new MetricInput(namespace, data.get(i), "MetricData.member." + (i + 1)).read(now));
    }
    read.forEach(values::add);
    return null;
  }

  @Override
  public void close() {
    server.close();
  }
}
