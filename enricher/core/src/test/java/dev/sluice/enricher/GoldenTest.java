package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.format.ParserKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of every golden file. {@code -Dgolden.rewrite=true} writes the answers instead. */
class GoldenTest {

  @BeforeAll
  static void rewriteIfAsked() {
    if (Boolean.getBoolean("golden.rewrite")) {
      GoldenFile.all().forEach(file -> file.rewrite(GoldenTest::answer));
    }
  }

  static List<GoldenFile.Case> cases() {
    return GoldenFile.allCases();
  }

  private static String answer(GoldenFile.Case golden) {
    return Enrichers.answer(
        Enrichers.withSettings(golden.settings()), golden.line(), golden.position());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answersAsTheGoldenFileSays(GoldenFile.Case golden) {
    assertThat(answer(golden)).isEqualTo(golden.expected());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void writesJsonThatAStrictReaderTakes(GoldenFile.Case golden) {
    var out = new OutputBuffer();
    Enrichers.withSettings(golden.settings()).enrich(golden.line(), 0, golden.line().length, out);
    OutputChecks.assertOneJsonLineOrNothing(out);
    if (out.length() > 0
        && !golden.hasCustomFormat()
        && !golden.isSelection()
        && !golden.isRecord()) {
      OutputChecks.assertHasWhatEveryBuiltInFormatHas(out);
    }
  }

  static List<GoldenFile.Case> casesWithFields() {
    return cases().stream().filter(golden -> !golden.fields().isEmpty()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("casesWithFields")
  void findsTheFieldsThatTheGoldenFileNames(GoldenFile.Case golden) {
    var format = LogFormat.of(golden.settings().get("LOG_FORMAT"));
    var line = new AccessLogLine();
    LineParser parser = LineParser.of(format, ParserKind.REGEX);
    assertThat(parser.parse(golden.line(), 0, golden.line().length, line)).isTrue();
    List<String> found =
        Stream.of(Field.values())
            .filter(field -> line.has(field) && line.from(field) < line.to(field))
            .map(field -> field + "=" + line.text(field))
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(golden.fields());
  }

  @Test
  void holdsACaseForEveryRejectReason() {
    Set<RejectReason> seen = EnumSet.noneOf(RejectReason.class);
    for (GoldenFile.Case golden : cases()) {
      if (golden.expected().startsWith("fail")) {
        seen.add(RejectReason.valueOf(golden.expected().split(" +")[1]));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(RejectReason.values());
  }

  @Test
  void namesEveryCaseOnce() {
    assertThat(cases().stream().map(GoldenFile.Case::name)).doesNotHaveDuplicates();
  }
}
