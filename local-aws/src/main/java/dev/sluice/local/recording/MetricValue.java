package dev.sluice.local.recording;

import java.time.Instant;
import java.util.Map;

/**
 * A metric's value, or several of one moment.
 *
 * @param samples how many values
 * @param sum of all values
 * @param unit as CloudWatch names it; {@code None} when it was not said
 * @param timestamp as it was said, or when it came
 */
public record MetricValue(
    String namespace,
    String name,
    Map<String, String> dimensions,
    double samples,
    double sum,
    double minimum,
    double maximum,
    String unit,
    Instant timestamp) {}
