package dev.sluice.local.recording;

import dev.sluice.local.ServiceError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads one element of PutMetricData's MetricData: a value, several with their counts, or
 * statistics.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">
 *     MetricDatum</a>
 */
final class MetricInput {
  /** Different values of one datum (AWS, MetricDatum). */
  static final int VALUES_MAX = 150;

  static final int DIMENSIONS_MAX = 30;

  private final String namespace;
  private final QueryInput datum;
  private final String place;

  /**
   * @param place for messages, such as {@code MetricData.member.1}
   */
  MetricInput(String namespace, QueryInput datum, String place) {
    this.namespace = namespace;
    this.datum = datum;
    this.place = place;
  }

  MetricValue read(Instant now) {
    String name =
        datum
            .text("MetricName")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> missing("MetricName"));
    var dimensions = new TreeMap<String, String>();
    for (QueryInput dimension : datum.structures("Dimensions.member")) {
      dimensions.put(
          dimension.text("Name").orElseThrow(() -> missing("Dimensions")),
          dimension.text("Value").orElseThrow(() -> missing("Dimensions")));
    }
    if (dimensions.size() > DIMENSIONS_MAX) {
      throw invalid("has more than " + DIMENSIONS_MAX + " dimensions");
    }
    double[] statistics = statistics();
    return new MetricValue(
        namespace,
        name,
        dimensions,
        statistics[0],
        statistics[1],
        statistics[2],
        statistics[3],
        datum.text("Unit").orElse("None"),
        timestamp(now));
  }

  /** Samples, sum, minimum, maximum. */
  private double[] statistics() {
    List<Double> values = datum.numbers("Values.member");
    if (!values.isEmpty()) {
      return ofValues(values);
    }
    if (datum.text("StatisticValues.SampleCount").isPresent()) {
      return new double[] {
        statistic("SampleCount"), statistic("Sum"), statistic("Minimum"), statistic("Maximum")
      };
    }
    double value = datum.number("Value").orElseThrow(() -> missing("Value"));
    if (!Double.isFinite(value)) {
      throw invalid("has the value " + value);
    }
    return new double[] {1, value, value, value};
  }

  private double[] ofValues(List<Double> values) {
    List<Double> counts = datum.numbers("Counts.member");
    if (values.size() > VALUES_MAX) {
      throw invalid("has more than " + VALUES_MAX + " values");
    }
    if (!counts.isEmpty() && counts.size() != values.size()) {
      throw invalid("has another number of counts than of values");
    }
    double[] statistics = {0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < values.size(); i++) {
      double count = counts.isEmpty() ? 1 : counts.get(i);
      statistics[0] += count;
      statistics[1] += count * values.get(i);
      statistics[2] = Math.min(statistics[2], values.get(i));
      statistics[3] = Math.max(statistics[3], values.get(i));
    }
    return statistics;
  }

  private double statistic(String name) {
    return datum
        .number("StatisticValues." + name)
        .orElseThrow(() -> missing("StatisticValues." + name));
  }

  private Instant timestamp(Instant now) {
    try {
      return datum.text("Timestamp").map(Instant::parse).orElse(now);
    } catch (DateTimeException none) {
      throw invalid("has a Timestamp that is none");
    }
  }

  private ServiceError missing(String member) {
    return QueryServer.refused(
        "MissingParameter", "The parameter " + place + "." + member + " is required.");
  }

  private ServiceError invalid(String why) {
    return QueryServer.refused("InvalidParameterValue", "The parameter " + place + " " + why + ".");
  }
}
