package dev.sluice.enricher.format;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.CustomFormat;
import dev.sluice.enricher.LogFormat;
import dev.sluice.enricher.Outcome.Rejected;

/**
 * Says why a line is not of its format, and where: a slow second look, field by field, at lines
 * that a parser or {@link FieldChecks} refused. The first wrong field wins. Thread-safe.
 */
public interface Diagnosis {
  /**
   * The reason and its place.
   *
   * @param start where the line begins: the offset counts from here
   * @param from where its first field begins, which differs after a byte order mark
   */
  Rejected explain(byte[] text, int start, int from, int to);

  static Diagnosis of(LogFormat format) {
    if (format instanceof CustomFormat custom) {
      return new LayoutDiagnosis(custom.layout());
    }
    var builtIn = (BuiltInFormat) format;
    return (text, start, from, to) -> BuiltInDiagnosis.of(builtIn, text, start, from, to);
  }
}
