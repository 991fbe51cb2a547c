package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.OutputGroup;
import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputSettingsTest {
  private static final int MUTATIONS = 10_000;
  private static final int BEHIND = 64;

  @Test
  void readsGroupsSelectionAndTags() {
    OutputSettings settings =
        read(
            Map.of(
                "OUTPUT_GROUPS", " tags , derived",
                "OUTPUT_FIELDS", "method, host,city",
                "OMIT_FIELDS", "city",
                "TAGS", "b=2, a = 1=x ,c="));
    assertThat(settings.groups()).containsExactly(OutputGroup.DERIVED, OutputGroup.TAGS);
    assertThat(settings.chosen()).containsExactly(FlatKey.HOST, FlatKey.METHOD);
    assertThat(settings.keepsUnknownKeys()).isFalse();
    assertThat(settings.tags().toString()).isEqualTo("{b=2, a=1=x, c=}");
  }

  @Test
  void isTheContractUnlessTold() {
    assertThat(read(Map.of())).isEqualTo(OutputSettings.CONTRACT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OUTPUT_GROUPS | derivd | OUTPUT_GROUPS names \"derivd\", none of derived, quality,",
        "OUTPUT_FIELDS | host,nme | OUTPUT_FIELDS names \"nme\", none of host, datetime, request,",
        "OUTPUT_FIELDS | ',' | OUTPUT_FIELDS names no key",
        "OUTPUT_FIELDS | host,path | OUTPUT_FIELDS names path, but OUTPUT_GROUPS has no derived",
        "OMIT_FIELDS | Host | OMIT_FIELDS names \"Host\", none of host,",
        "OUTPUT_GROUPS | tags | TAGS is not set, but OUTPUT_GROUPS has tags",
        "TAGS | a=1 | TAGS needs OUTPUT_GROUPS=tags",
        "TAGS | a | TAGS has \"a\", expected key=value",
        "TAGS | =a | TAGS has \"=a\", expected key=value",
        "TAGS | a=1,a=2 | TAGS has a twice",
      })
  void namesWhatIsWrong(String key, String value, String problem) {
    assertThat(problems(Map.of(key, value))).contains(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "OUTPUT_GROUPS, derived",
    "OUTPUT_GROUPS, schema_version",
    "OUTPUT_FIELDS, host",
    "OMIT_FIELDS, host",
    "LOG_FORMAT, flat"
  })
  void ecsRefusesWhatBelongsToFlat(String key, String value) {
    Map<String, String> keys = Map.of("OUTPUT_PROFILE", "ecs", key, value);
    var settings = new Settings(keys::get);
    EnricherSettings.from(settings);
    assertThat(catchThrowable(settings::throwIfInvalid)).hasMessageContaining("ecs");
  }

  @Test
  void reportsEverythingTogether() {
    assertThat(problems(Map.of("OUTPUT_GROUPS", "x", "OMIT_FIELDS", "y", "TAGS", "z")))
        .contains("\"x\"", "\"y\"", "\"z\"");
  }

  @Test
  void refusesToWriteNothing() {
    assertThat(problems(Map.of("OUTPUT_FIELDS", "host", "OMIT_FIELDS", "host")))
        .contains("OMIT_FIELDS leaves no key to write");
    String all = Stream.of(FlatKey.values()).map(FlatKey::label).collect(Collectors.joining(","));
    assertThat(problems(Map.of("OMIT_FIELDS", all))).contains("OMIT_FIELDS leaves no key");
  }

  @Test
  void boundsTags() {
    String many =
        IntStream.range(0, 51).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    assertThat(problems(Map.of("OUTPUT_GROUPS", "tags", "TAGS", many)))
        .contains("TAGS has 51 tags, at most 50");
    assertThat(problems(Map.of("OUTPUT_GROUPS", "tags", "TAGS", "k".repeat(129) + "=v")))
        .contains("TAGS has a key above 128 or a value above 256 characters");
    assertThat(problems(Map.of("OUTPUT_GROUPS", "tags", "TAGS", "k=" + "v".repeat(257))))
        .contains("TAGS has a key above 128 or a value above 256 characters");
  }

  /** The writer of groups and selections, given every key of the contract, is the plain writer. */
  @Test
  void bothWritersOfFlatAgree() {
    String contract =
        Stream.of(FlatKey.values())
            .filter(key -> key.group().isEmpty())
            .map(FlatKey::label)
            .collect(Collectors.joining(","));
    String regexes = "src/test/resources/few-regexes.yaml";
    LineEnricher plain = Enrichers.withSettings(Map.of("UAP_REGEXES", regexes));
    LineEnricher chosen =
        Enrichers.withSettings(Map.of("UAP_REGEXES", regexes, "OUTPUT_FIELDS", contract));
    LineMutations mutations =
        LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(20_251_028));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = mutations.next();
      assertThat(Enrichers.answer(chosen, line)).isEqualTo(Enrichers.answer(plain, line));
    }
  }

  /**
   * Where no key is left out the keys of the contract are written together, where all are chosen by
   * name one by one.
   */
  @Test
  void groupsStandBehindTheSameKeysWhetherTheseAreChosenOrNot() {
    var groups =
        Map.of(
            "UAP_REGEXES", "src/test/resources/few-regexes.yaml",
            "OUTPUT_GROUPS", "derived,quality,event_id,tags,schema_version",
            "TAGS", "env=test");
    var oneByOne = new HashMap<>(groups);
    oneByOne.put(
        "OUTPUT_FIELDS",
        Stream.of(FlatKey.values()).map(FlatKey::label).collect(Collectors.joining(",")));
    LineEnricher together = Enrichers.withSettings(groups);
    LineEnricher chosen = Enrichers.withSettings(oneByOne);
    LineMutations mutations =
        LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(20_261_122));
    LinePosition position = LinePosition.in("access.log");
    var log = new SyntheticAccessLog(9, AccessLogOptions.defaults().withOddShare(0.3));
    for (int i = 0; i < MUTATIONS; i++) {
      position.line(i);
      for (byte[] line : List.of(mutations.next(), log.next().bytes())) {
        byte[] buffer = Arrays.copyOf(line, line.length + BEHIND); // where words can be read
        assertThat(answer(together, buffer, line.length, position))
            .isEqualTo(answer(chosen, buffer, line.length, position));
      }
    }
  }

  private static String answer(
      LineEnricher enricher, byte[] buffer, int length, LinePosition position) {
    var out = new OutputBuffer();
    Outcome outcome = enricher.enrich(buffer, 0, length, position, out);
    return outcome + " " + out;
  }

  @Test
  void asksForPositionsOnlyWhenTheyAreWrittenOrLinesAreChosenByThem() {
    assertThat(Enrichers.withDefaults().needsPositions()).isFalse();
    for (Map.Entry<String, String> asking :
        Map.of(
                "OUTPUT_GROUPS", "event_id",
                "SAMPLE", "10%",
                "FILTER_RULES", "drop most status=404; keep some path=/a,/b sample=25%")
            .entrySet()) {
      assertThat(
              Enrichers.withSettings(Map.of(asking.getKey(), asking.getValue())).needsPositions())
          .as("%s", asking)
          .isTrue();
    }
    assertThat(
            Enrichers.withSettings(Map.of("FILTER_RULES", "drop static lines=static-files"))
                .needsPositions())
        .isFalse();
  }

  private static OutputSettings read(Map<String, String> keys) {
    var settings = new Settings(keys::get);
    OutputSettings output = OutputSettings.from(settings);
    settings.throwIfInvalid();
    return output;
  }

  private static String problems(Map<String, String> keys) {
    return catchThrowable(() -> read(keys)).getMessage();
  }
}
