package dev.sluice.local.recording;

import java.time.Instant;
import java.util.Map;

/**
 * A message that was published.
 *
 * @param subject empty when there was none
 * @param attributes string values by their names
 */
public record SnsMessage(
    String messageId,
    String topicArn,
    String subject,
    String message,
    Map<String, String> attributes,
    Instant published) {}
