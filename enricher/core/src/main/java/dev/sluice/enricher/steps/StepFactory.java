package dev.sluice.enricher.steps;

import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.enricher.profile.Profile;
import java.util.Optional;

/** Makes the steps of each line enricher. Thread-safe. */
public final class StepFactory {
  private final StepSettings settings;
  private final SchemaCheck schema; // null when nobody looks

  private StepFactory(StepSettings settings, SchemaCheck schema) {
    this.settings = settings;
    this.schema = schema;
  }

  /**
   * Reads the files that the settings name.
   *
   * @throws UnusableDatabaseException if one cannot be used
   */
  public static StepFactory open(StepSettings settings, Profile profile) {
    boolean checks = settings.schema().mode() != SchemaCheckMode.OFF;
    return new StepFactory(settings, checks ? SchemaCheck.open(settings.schema(), profile) : null);
  }

  /** A mask for text that is no line. */
  public RejectMask newRejectMask() {
    return new RejectMask(Steps.newTextMask(settings));
  }

  /** Steps for one line enricher, or none when all of them are off. */
  public Optional<Steps> newSteps() {
    boolean off =
        settings.filter().isEmpty()
            && settings.sampleShare() >= 1
            && settings.mask().isOff()
            && settings.anonymisation().mode() == Anonymisation.Mode.OFF
            && schema == null
            && settings.anomalies().isEmpty();
    return off ? Optional.empty() : Optional.of(new Steps(settings, schema));
  }
}
