package dev.sluice.cli.explain;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Explanation;
import dev.sluice.enricher.Explanation.LoggedField;
import dev.sluice.enricher.Explanation.MaskedField;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LogEscapes;
import dev.sluice.enricher.steps.FilterRule;
import dev.sluice.enricher.useragent.Classification;
import dev.sluice.enricher.useragent.DeviceType;
import dev.sluice.enricher.useragent.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An explanation in lines for a person; nothing of the log line reaches a terminal raw. */
final class ExplanationText {
  /** Bytes shown before and after the place that decided. */
  private static final int CONTEXT_BYTES = 60;

  private final EnricherSettings settings;
  private final Explanation explanation;
  private final byte[] line;
  private final int length;
  private final List<String> text = new ArrayList<>();

  /**
   * @param line holds the line from 0 to {@code length}
   */
  ExplanationText(EnricherSettings settings, Explanation explanation, byte[] line, int length) {
    this.settings = settings;
    this.explanation = explanation;
    this.line = line;
    this.length = length;
  }

  List<String> lines() {
    add("line", String.format(Locale.ROOT, "%,d bytes", length));
    add("format", format() + "; parser " + settings.parser().name().toLowerCase(Locale.ROOT));
    explanation.fields().forEach(this::addField);
    Outcome outcome = explanation.outcome();
    switch (outcome.code()) {
      case REJECTED -> addReject((Outcome.Rejected) outcome);
      case DROPPED -> addDrop((Outcome.Dropped) outcome);
      case ENRICHED, ENRICHED_WITH_WARNINGS -> addStages(outcome);
    }
    return text;
  }

  private void add(String stage, String what) {
    text.add(String.format(Locale.ROOT, "%-13s %s", stage, what));
  }

  private String format() {
    String name = TerminalText.of(settings.format().text());
    if (settings.format() != BuiltInFormat.AUTO || explanation.fields().isEmpty()) {
      return name;
    }
    if (has(Field.SERVER_NAME)) {
      return name + " took it for vhost_combined";
    }
    return name + " took it for " + (has(Field.USER_AGENT) ? "combined" : "common");
  }

  private boolean has(Field field) {
    return explanation.fields().stream().anyMatch(logged -> logged.field() == field);
  }

  private void addField(LoggedField field) {
    String name = field.field().name().toLowerCase(Locale.ROOT);
    byte[] bytes = explanation.logged();
    String logged = TerminalText.of(bytes, field.from(), field.to());
    text.add(
        String.format(Locale.ROOT, "  %-18s %5d-%-5d %s", name, field.from(), field.to(), logged));
    if (LogEscapes.areIn(bytes, field.from(), field.to())) {
      var decoded = new OutputBuffer();
      boolean utf8 = LogEscapes.decode(bytes, field.from(), field.to(), decoded);
      String shown = TerminalText.of(decoded.array(), 0, decoded.length());
      text.add(" ".repeat(33) + (utf8 ? "decoded: " + shown : "its escapes stand for no UTF-8"));
    }
  }

  private void addDrop(Outcome.Dropped dropped) {
    String rule = TerminalText.of(dropped.rule());
    String step =
        switch (rule) {
          case FilterRule.NOT_SAMPLED -> "is outside of the sample: SAMPLE";
          case FilterRule.NOT_KEPT -> "no rule keeps it: FILTER_RULES";
          default -> "by this rule of FILTER_RULES";
        };
    add("outcome", "DROPPED: " + rule + " (" + step + ")");
  }

  private void addReject(Outcome.Rejected rejected) {
    int offset = Math.min(rejected.offset(), length);
    add("outcome", "REJECTED: " + rejected.reason() + " at offset " + rejected.offset());
    int from = Math.max(0, offset - CONTEXT_BYTES);
    int to = Math.min(length, offset + CONTEXT_BYTES);
    String before = (from > 0 ? "..." : "") + TerminalText.of(line, from, offset);
    String after = TerminalText.of(line, offset, to) + (to < length ? "..." : "");
    text.add("  " + before + after);
    text.add("  " + " ".repeat(before.codePointCount(0, before.length())) + "^");
  }

  private void addStages(Outcome outcome) {
    add("client", client());
    add("place", found(settings.geoIpDatabase(), "--geoip", explanation.place()));
    add("network", found(settings.asnDatabase(), "--asn", explanation.autonomousSystem()));
    explanation.userAgent().ifPresent(this::addUserAgent);
    explanation.masked().forEach(this::addMasked);
    add("webpage", page(explanation.webpage()));
    if (has(Field.REFERER)) {
      add("refering_page", page(explanation.referingPage()));
    }
    String warnings =
        explanation.warnings().stream()
            .sorted()
            .map(Warning::label)
            .collect(Collectors.joining(", "));
    add("outcome", outcome.code() + (warnings.isEmpty() ? "" : ": " + warnings));
    add("json", TerminalText.of(explanation.json()));
  }

  private void addMasked(MaskedField masked) {
    String field = masked.field().name().toLowerCase(Locale.ROOT);
    String settings = String.join(", ", masked.settings());
    add("masked", field + " by " + settings + ": " + TerminalText.of(masked.text()));
  }

  private String client() {
    if (explanation.client().isEmpty()) {
      return "none in this format";
    }
    String client = TerminalText.of(explanation.client().get());
    if (!has(Field.FORWARDED_FOR)) {
      return client + " (as logged: the format has no X-Forwarded-For)";
    }
    return settings.trustedProxies().isEmpty()
        ? client + " (no proxy is trusted: TRUSTED_PROXIES)"
        : client + " (the first from the right that is no trusted proxy)";
  }

  /**
   * @param fragment as it stands in the JSON, after a comma
   */
  private static String found(Optional<Path> database, String option, String fragment) {
    if (database.isEmpty()) {
      return "not looked up: no database (" + option + ")";
    }
    return fragment.isEmpty() ? "nothing known" : TerminalText.of(fragment.substring(1));
  }

  private void addUserAgent(Classification agent) {
    add("browser", product(agent.parsed().browser()));
    add("os", product(agent.parsed().os()));
    add("device", TerminalText.of(agent.parsed().device()));
    String type = agent.deviceType().name().toLowerCase(Locale.ROOT);
    String why =
        agent.deviceType() == DeviceType.BOT
            ? " (" + agent.botReason().label() + ")"
            : " (by the table of docs/format.md)";
    add("device_type", type + why);
  }

  private static String product(Product product) {
    return TerminalText.of(product.full());
  }

  private static String page(Optional<String> name) {
    return name.map(TerminalText::of).orElse("none");
  }
}
