package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.KnownUserAgents;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.format.ParserKind;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A parser that is told of known user agents finds what it finds without them. */
class KnownUserAgentsTest {
  private static final long SEED = 20_261_122;
  private static final int LINES = 60_000;
  private static final Field[] FIELDS = Field.values();

  private static final UserAgentClassifier CLASSIFIER = UserAgentClassifier.open(Optional.empty());

  private final UserAgentFragments fragments =
      new UserAgentFragments(CLASSIFIER, UserAgentRenderer.FLAT, 10_000, null);

  @ParameterizedTest
  @EnumSource(BuiltInFormat.class)
  void theScannerFindsTheSameFieldsWithAndWithoutThem(BuiltInFormat format) {
    var random = new Random(SEED);
    var log = new SyntheticAccessLog(SEED, AccessLogOptions.defaults().withOddShare(0.2));
    UserAgentFinder finder = fragments.newFinder();
    LineParser parser = LineParser.of(format, ParserKind.SCANNER, finder);
    LineParser slow = LineParser.of(format, ParserKind.SCANNER);
    var line = new AccessLogLine();
    var expected = new AccessLogLine();
    int known = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] text = log.nextLine();
      if (text.length > 0 && random.nextInt(4) == 0) {
        text[text.length - 1 - random.nextInt(Math.min(text.length, 120))] =
            (byte) "\"\\x \u007f\0".charAt(random.nextInt(6));
      }
      boolean holds = parser.parse(text, 0, text.length, line);
      assertThat(holds).isEqualTo(slow.parse(text, 0, text.length, expected));
      if (!holds) {
        continue;
      }
      for (Field field : FIELDS) {
        boolean same =
            line.from(field) == expected.from(field)
                && line.to(field) == expected.to(field)
                && line.isPlain(field) == expected.isPlain(field);
        if (!same) { // rather than three assertions for each of a million fields
          throw new AssertionError(field + ": " + new String(text, StandardCharsets.ISO_8859_1));
        }
      }
      assertThat(expected.knownUserAgent()).isEqualTo(KnownUserAgents.UNKNOWN);
      if (line.has(Field.USER_AGENT)) {
        UserAgentFragment fragment =
            finder.find(text, line.from(Field.USER_AGENT), line.to(Field.USER_AGENT));
        if (line.knownUserAgent() != KnownUserAgents.UNKNOWN) {
          known++;
          assertThat(finder.known(line.knownUserAgent())).isSameAs(fragment);
        }
      }
    }
    if (format == BuiltInFormat.COMBINED || format == BuiltInFormat.AUTO) {
      assertThat(known).isGreaterThan(LINES / 4);
    }
  }

  @Test
  void knowsPlainOnesThatItHasSeenAndNoOthers() {
    UserAgentFinder finder = fragments.newFinder();
    byte[] plain = "curl/8.4.0".getBytes(StandardCharsets.UTF_8);
    byte[] quoted = "curl/8.4.0 \\\"x\\\"".getBytes(StandardCharsets.UTF_8);
    byte[] longOne = "x".repeat(UserAgentFinder.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);
    assertThat(finder.number(plain, 0, plain.length)).isEqualTo(KnownUserAgents.UNKNOWN);
    UserAgentFragment found = null;
    for (int i = 0; i < 3; i++) {
      found = finder.find(plain, 0, plain.length);
      finder.find(quoted, 0, quoted.length);
      finder.find(longOne, 0, longOne.length);
    }
    int number = finder.number(plain, 0, plain.length);
    assertThat(number).isNotEqualTo(KnownUserAgents.UNKNOWN);
    assertThat(finder.known(number)).isSameAs(found);
    assertThat(finder.number(plain, 0, plain.length - 1)).isEqualTo(KnownUserAgents.UNKNOWN);
    assertThat(finder.number(quoted, 0, quoted.length)).isEqualTo(KnownUserAgents.UNKNOWN);
    assertThat(finder.number(longOne, 0, longOne.length)).isEqualTo(KnownUserAgents.UNKNOWN);
  }

  @Test
  void aUserAgentThatIsPutElsewhereIsNoLongerKnown() {
    UserAgentFinder finder = fragments.newFinder();
    LineParser parser = LineParser.of(BuiltInFormat.COMBINED, ParserKind.SCANNER, finder);
    byte[] text =
        "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl/8.4.0\""
            .getBytes(StandardCharsets.UTF_8);
    var line = new AccessLogLine();
    for (int i = 0; i < 3; i++) {
      assertThat(parser.parse(text, 0, text.length, line)).isTrue();
      finder.find(text, line.from(Field.USER_AGENT), line.to(Field.USER_AGENT));
    }
    assertThat(line.knownUserAgent()).isNotEqualTo(KnownUserAgents.UNKNOWN);
    line.set(Field.USER_AGENT, line.from(Field.USER_AGENT), line.to(Field.USER_AGENT) - 1);
    assertThat(line.knownUserAgent()).isEqualTo(KnownUserAgents.UNKNOWN);
  }
}
