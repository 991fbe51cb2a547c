package dev.sluice.enricher;

import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.useragent.Classification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every stage saw and decided about one line, for a person to read.
 *
 * @param logged bytes that the fields are in: the line, or what a record of an earlier stage tells
 *     of it; not copied, empty when the line is rejected
 * @param fields in the order in which they were logged; empty when the line is rejected
 * @param client who sent the request, as far as proxies can be believed, before masking; empty when
 *     the format has no such field or the line has no JSON
 * @param place what the database knows about the client, as it stands in the JSON: keys with their
 *     values, each after a comma; empty when nothing is known
 * @param autonomousSystem whose network the client is in, likewise
 * @param userAgent empty when the format has no user agent or the line has no JSON
 * @param webpage empty when there is none
 * @param referingPage empty when there is none
 * @param masked the fields that were masked or anonymised
 * @param warnings empty when nothing is odd or the line has no JSON
 * @param json the line of output, without line end; empty when there is none
 */
public record Explanation(
    Outcome outcome,
    byte[] logged,
    List<LoggedField> fields,
    Optional<String> client,
    String place,
    String autonomousSystem,
    Optional<Classification> userAgent,
    Optional<String> webpage,
    Optional<String> referingPage,
    List<MaskedField> masked,
    Set<Warning> warnings,
    String json) {

  /**
   * One field of the line.
   *
   * @param from first byte of the field in {@link #logged()}
   * @param to one after its last byte
   */
  public record LoggedField(Field field, int from, int to) {}

  /**
   * One field of which something was masked.
   *
   * @param settings that did it, as {@code KEY=VALUE}
   * @param text what stands in its place
   */
  public record MaskedField(Field field, List<String> settings, String text) {}

  public Explanation {
    fields = List.copyOf(fields);
    masked = List.copyOf(masked);
    warnings = Set.copyOf(warnings);
  }

  static Explanation withoutJson(Outcome outcome, byte[] logged, List<LoggedField> fields) {
    return new Explanation(
        outcome,
        logged,
        fields,
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of(),
        "");
  }
}
