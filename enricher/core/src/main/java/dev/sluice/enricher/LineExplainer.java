package dev.sluice.enricher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.enricher.Explanation.LoggedField;
import dev.sluice.enricher.Explanation.MaskedField;
import dev.sluice.enricher.flat.FlatRecordParser;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.ClientAddress;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.steps.MaskReasons;
import dev.sluice.enricher.useragent.Classification;
import dev.sluice.enricher.useragent.UserAgentFragments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells what {@link LineEnricher} does with a line: that one does it, and this one asks afterwards.
 * Allocates; not thread-safe.
 */
public final class LineExplainer {
  private final LineEnricher enricher;
  private final LineParser parser;
  private final UserAgentFragments userAgents;
  private final ClientAddress clientAddress;
  private final MaskReasons maskReasons;
  private final AccessLogLine logged = new AccessLogLine();
  private final OutputBuffer json = new OutputBuffer();

  LineExplainer(EnricherSettings settings, LineEnricher enricher, UserAgentFragments userAgents) {
    this.enricher = enricher;
    this.userAgents = userAgents;
    parser =
        settings.format() instanceof FlatFormat
            ? new FlatRecordParser()
            : LineParser.of(settings.format(), settings.parser());
    clientAddress = new ClientAddress(settings.trustedProxies());
    maskReasons = new MaskReasons(settings.steps());
  }

  /** Explains the line from {@code from} (in) to {@code to} (out), its line end excluded. */
  public Explanation explain(byte[] buffer, int from, int to) {
    json.clear();
    Outcome outcome = enricher.enrich(buffer, from, to, json);
    return switch (outcome.code()) {
      case REJECTED -> Explanation.withoutJson(outcome, new byte[0], List.of());
      case DROPPED -> {
        List<LoggedField> fields = fields(buffer, from, to);
        yield Explanation.withoutJson(outcome, loggedBytes(buffer, from, to), fields);
      }
      case ENRICHED, ENRICHED_WITH_WARNINGS -> {
        List<LoggedField> fields = fields(buffer, from, to);
        yield explain(outcome, loggedBytes(buffer, from, to), fields);
      }
    };
  }

  /** The line, or the bytes of their own in which the fields of a record are. */
  private byte[] loggedBytes(byte[] buffer, int from, int to) {
    return logged.buffer() == buffer
        ? Arrays.copyOfRange(buffer, from, to)
        : logged.buffer().clone();
  }

  private Explanation explain(Outcome outcome, byte[] bytes, List<LoggedField> fields) {
    EnrichedLine line = enricher.lastLine();
    clientAddress.resolve(logged);
    return new Explanation(
        outcome,
        bytes,
        fields,
        logged.has(Field.REMOTE_HOST)
            ? Optional.of(logged.text(Field.REMOTE_HOST))
            : Optional.empty(),
        new String(line.place(), UTF_8),
        new String(line.autonomousSystem(), UTF_8),
        userAgent(line.fields()),
        page(line.webpage()),
        page(line.referingPage()),
        masked(line.fields()),
        line.warnings().toSet(),
        json.toString());
  }

  /** The fields before any stage has changed one. */
  private List<LoggedField> fields(byte[] buffer, int from, int to) {
    int end = LineEnricher.withoutCarriageReturns(buffer, from, to);
    parser.parse(buffer, LineEnricher.afterByteOrderMark(buffer, from, end), end, logged);
    int start = logged.buffer() == buffer ? from : 0;
    var fields = new ArrayList<LoggedField>();
    for (Field field : Field.values()) {
      if (logged.has(field) && (field != Field.EXTRA || logged.from(field) < logged.to(field))) {
        fields.add(new LoggedField(field, logged.from(field) - start, logged.to(field) - start));
      }
    }
    fields.sort(Comparator.comparingInt(LoggedField::from).thenComparing(LoggedField::field));
    return fields;
  }

  /** Classified is what was masked, if it was. */
  private Optional<Classification> userAgent(AccessLogLine line) {
    if (!line.has(Field.USER_AGENT)) {
      return Optional.empty();
    }
    return Optional.of(
        line.isMissing(Field.USER_AGENT)
            ? Classification.NONE
            : userAgents.classify(
                line.buffer(), line.from(Field.USER_AGENT), line.to(Field.USER_AGENT)));
  }

  private List<MaskedField> masked(AccessLogLine written) {
    var masked = new ArrayList<MaskedField>();
    for (Field field : Field.values()) {
      if (logged.has(field)) {
        List<String> settings = maskReasons.of(logged, field);
        if (!settings.isEmpty()) {
          int from = written.from(field);
          String text = new String(written.buffer(), from, written.to(field) - from, UTF_8);
          masked.add(new MaskedField(field, settings, text));
        }
      }
    }
    return masked;
  }

  private static Optional<String> page(PageName page) {
    return page.isPresent()
        ? Optional.of(new String(page.buffer(), page.from(), page.to() - page.from(), UTF_8))
        : Optional.empty();
  }
}
