package dev.sluice.enricher.steps;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;

/**
 * The steps of one line enricher; those that are off are not there. Keeps what it learns of hosts
 * to itself: with anomaly flags, all lines of a shard must go through one instance, in their order.
 * Not thread-safe.
 */
public final class Steps {
  private final Filter filter; // each is null when it is off
  private final AnomalyFlags anomalies;
  private final LineMask mask;
  private final SchemaCheck schema;
  private final SchemaCheckMode schemaMode;
  private final RejectMask rejectMask;

  Steps(StepSettings settings, SchemaCheck schema) {
    boolean filters = !settings.filter().isEmpty() || settings.sampleShare() < 1;
    filter = filters ? new Filter(settings.filter(), new Sample(settings.sampleShare())) : null;
    anomalies = settings.anomalies().map(AnomalyFlags::new).orElse(null);
    AddressMask addresses = settings.anonymisation().newMask();
    TextMask text = newTextMask(settings, addresses);
    mask = text == null ? null : new LineMask(text, addresses);
    rejectMask = new RejectMask(text);
    this.schema = schema;
    schemaMode = settings.schema().mode();
  }

  /** A mask for text, or null when nothing is masked. */
  static TextMask newTextMask(StepSettings settings) {
    return newTextMask(settings, settings.anonymisation().newMask());
  }

  private static TextMask newTextMask(StepSettings settings, AddressMask addresses) {
    boolean masks = addresses != null || !settings.mask().isOff();
    return masks ? new TextMask(settings.mask(), addresses) : null;
  }

  /**
   * @param from first byte of the line as it came in {@code buffer}
   * @param to one after its last byte
   * @return the outcome of a line that a rule leaves out, or null
   */
  public Outcome.Dropped drop(EnrichedLine line, byte[] buffer, int from, int to) {
    return filter == null ? null : filter.decide(line, buffer, from, to);
  }

  /** Adds the warnings of a line from a host that is out of the ordinary. */
  public void flag(EnrichedLine line) {
    if (anomalies != null) {
      anomalies.look(line);
    }
  }

  /**
   * Puts masked copies in the place of the line's fields.
   *
   * @return whether anything had to be masked, so that what was found in the fields is to be found
   *     again
   */
  public boolean mask(EnrichedLine line) {
    return mask != null && mask.mask(line.fields());
  }

  /** Whether the user agent was among what was masked in the last line. */
  public boolean changedUserAgent() {
    return mask.changedUserAgent();
  }

  /** Whether the host was among what was masked in the last line. */
  public boolean changedHost() {
    return mask.changedHost();
  }

  /**
   * The key of the line's JSON that breaks the schema, the empty key for all of it; null when it is
   * as it should be or nobody looks.
   *
   * @param from first byte of the JSON, which ends with the buffer
   */
  public String violation(OutputBuffer out, int from) {
    return schema == null ? null : schema.firstViolation(out, from);
  }

  /** Whether a line is rejected for a violation. */
  public boolean rejectsViolations() {
    return schemaMode == SchemaCheckMode.REJECT;
  }

  /** Masks lines that were rejected. */
  public RejectMask rejectMask() {
    return rejectMask;
  }
}
