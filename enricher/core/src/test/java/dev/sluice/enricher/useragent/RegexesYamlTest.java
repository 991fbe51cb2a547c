package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.enricher.UnusableDatabaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ua_parser.Parser;

/** A list of one's own: taken and refused as uap-java does, and the same answers. */
class RegexesYamlTest {
  private static final String REPLACEMENTS =
      """
      user_agent_parsers:
        - regex: 'none (x)?'
        - regex: '(A)/(\\d*)(?:\\.(\\d*))?(?:\\.(\\d*))?'
        - regex: '(B)(b)?(c)?'
          family_replacement: 'B $1 and $1'
          v1_replacement: '$2'
          v2_replacement: ''
          v3_replacement: 'ignored'
        - regex: '(C)?C'
          family_replacement: 'C $1'
        - regex: 'D'
          family_replacement: 'D $1'
        - regex: '(E$\\\\)'
          family_replacement: '[$1]'
        - regex: 'F'
      os_parsers:
        - regex: '(A)/(\\d*)(?:\\.(\\d*))?(?:\\.(\\d*))?(?:\\.(\\d*))?'
        - regex: '(B)(b)?(c)?'
          os_replacement: 'B $1 and $1'
          os_v1_replacement: '$2'
          os_v2_replacement: '$3'
          os_v3_replacement: '9'
        - regex: '(C)?C'
          os_replacement: 'C $1'
        - regex: 'D'
          os_replacement: 'D $1'
        - regex: '(E\\$?\\\\?)'
          os_replacement: '[$1]'
        - regex: '(G)'
          os_v1_replacement: '$7'
        - regex: '(H)'
          os_v1_replacement: '$x'
        - regex: '(I.1)'
          os_replacement: '[$1]'
        - regex: '^.{0,3}(J)'
          os_v1_replacement: '$+0'
          os_v2_replacement: '$1'
        - regex: '^.{0,3}(K)(k)?'
          os_v1_replacement: '$2'
      device_parsers:
        - regex: '(a)/(\\d*)'
          regex_flag: 'i'
        - regex: '(B)(b)?(.*)'
          device_replacement: ' $3 $1$1 $2 $9 $0 $ '
        - regex: '(C)?C'
        - regex: 'D'
          device_replacement: ' D '
          regex_flag: 'x'
        - regex: '(E.?)'
          device_replacement: '$1'
        - regex: '^.{0,3}(J)'
          device_replacement: '$0'
        - regex: '^.{0,3}(K)'
      """;

  @TempDir private Path folder;

  @Test
  void answersAsUapJavaDoesWithReplacementsOfEveryKind() throws IOException {
    var uapJava = new UapJava(parser(REPLACEMENTS));
    UserAgentClassifier ours = open(REPLACEMENTS);
    for (String agent :
        List.of(
            "",
            "A",
            "A/",
            "A/1",
            "A/1.2",
            "A/1.2.3.4",
            "a/5",
            "A/.",
            "B",
            "Bb",
            "Bbc",
            "B$3 $1 x",
            "Bb $2",
            "B\\",
            "C",
            "CC",
            "D",
            "E",
            "E$",
            "E\\",
            "E$\\",
            "E$0",
            "F",
            "G",
            "H",
            "I$1",
            "xyJ",
            "xyKk",
            "xyzzK",
            "K",
            "I\\1",
            "ABCDEF",
            "F E$",
            "none x",
            "none ")) {
      assertThat(ours.classify(agent)).as(agent).isEqualTo(uapJava.classify(agent));
      Throwable theirs = catchThrowable(() -> uapJava.parse(agent));
      if (theirs == null) {
        assertThat(ours.parse(agent)).as(agent).isEqualTo(uapJava.parse(agent));
      } else {
        assertThatThrownBy(() -> ours.parse(agent)).as(agent).isInstanceOf(theirs.getClass());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "x",
        "{user_agent_parsers: [], os_parsers: []}",
        "{user_agent_parsers: [], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [], os_parsers: [], device_parsers: {}}",
        "{user_agent_parsers: [], os_parsers: [], device_parsers: , more: 1}",
        "{user_agent_parsers: [{}], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [{regex: 1}], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [{regex: '('}], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [null], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [{regex: a, v1_replacement: 5}], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [{regex: a, v3_replacement: 5}], os_parsers: [], device_parsers: []}",
        "{user_agent_parsers: [], os_parsers: [{regex: 'a{'}], device_parsers: []}",
        "{user_agent_parsers: [], os_parsers: [{regex: a, os_v3_replacement: 5}], device_parsers: []}",
        "{user_agent_parsers: [], os_parsers: [{os_replacement: a}], device_parsers: []}",
        "{user_agent_parsers: [], os_parsers: [], device_parsers: [{regex: '*'}]}",
        "{user_agent_parsers: [], os_parsers: [], device_parsers: [{regex: a, regex_flag: 5}]}",
        "{user_agent_parsers: [], os_parsers: [], device_parsers: [{regex: a, brand_replacement: 5}]}",
        "{user_agent_parsers: [{regex: a, other: 5}], os_parsers: [], device_parsers: [{regex: '.'}]}"
      })
  void takesAndRefusesWhatUapJavaDoes(String yaml) {
    if (catchThrowable(() -> parser(yaml)) == null) {
      assertThatCode(() -> open(yaml)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> open(yaml)).isInstanceOf(UnusableDatabaseException.class);
    }
  }

  private static Parser parser(String yaml) {
    return new Parser(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private UserAgentClassifier open(String yaml) throws IOException {
    return UserAgentClassifier.open(
        Optional.of(Files.writeString(folder.resolve("regexes.yaml"), yaml)));
  }
}
