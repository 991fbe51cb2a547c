package dev.sluice.dashboards.alarms;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A metric of CloudWatch with its statistic. Texts may name parameters of the template as {@code
 * Fn::Sub} does.
 *
 * @param id its name in an expression; begins with a small letter
 * @param dimensions in the order in which a dashboard shows them
 */
public record Metric(
    String id, String namespace, String name, Map<String, String> dimensions, String statistic) {

  /**
   * @param dimensions names and values in turn
   */
  public static Metric of(
      String id, String namespace, String name, String statistic, String... dimensions) {
    var named = new LinkedHashMap<String, String>();
    for (int i = 0; i < dimensions.length; i += 2) {
      named.put(dimensions[i], dimensions[i + 1]);
    }
    return new Metric(id, namespace, name, named, statistic);
  }
}
