package dev.sluice.enricher;

import java.util.Objects;

/**
 * What became of one line. The set is closed: for any number of lines, {@code in = enriched +
 * enriched with warnings + dropped + rejected}.
 */
public sealed interface Outcome
    permits Outcome.Enriched, Outcome.EnrichedWithWarnings, Outcome.Dropped, Outcome.Rejected {

  /** The word for an outcome: metric value, dead-letter code and dashboard label alike. */
  enum Code {
    ENRICHED,
    ENRICHED_WITH_WARNINGS,
    DROPPED,
    REJECTED
  }

  /** Shared instance, so that the usual answer allocates nothing. */
  Outcome ENRICHED = new Enriched();

  /** Shared instance, so that a warning allocates nothing. */
  Outcome ENRICHED_WITH_WARNINGS = new EnrichedWithWarnings();

  Code code();

  /** The line has a JSON line, and everything in it is as the format wants it. */
  record Enriched() implements Outcome {
    @Override
    public Code code() {
      return Code.ENRICHED;
    }
  }

  /**
   * The line has a JSON line, but something was odd: a malformed request, extra fields, bytes that
   * are not UTF-8, an unreadable database record. docs/format.md lists every warning.
   */
  record EnrichedWithWarnings() implements Outcome {
    @Override
    public Code code() {
      return Code.ENRICHED_WITH_WARNINGS;
    }
  }

  /**
   * The line was left out on purpose.
   *
   * @param rule name of the filter rule that decided
   */
  record Dropped(String rule) implements Outcome {
    public Dropped {
      Objects.requireNonNull(rule, "rule");
    }

    @Override
    public Code code() {
      return Code.DROPPED;
    }
  }

  /**
   * The line is not of the format, so there is no JSON for it.
   *
   * @param offset bytes from the start of the line to the place that decided, from 0 to the length
   *     of the line
   */
  record Rejected(RejectReason reason, int offset) implements Outcome {
    public Rejected {
      Objects.requireNonNull(reason, "reason");
      if (offset < 0) {
        throw new IllegalArgumentException("offset is negative: " + offset);
      }
    }

    @Override
    public Code code() {
      return Code.REJECTED;
    }
  }
}
