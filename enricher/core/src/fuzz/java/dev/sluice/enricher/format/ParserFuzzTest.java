package dev.sluice.enricher.format;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.Outcome.Rejected;
import java.util.stream.Stream;

/** Searches for a line that the scanner and the regular expression of a format see differently. */
class ParserFuzzTest {
  private static final Pair[] PAIRS =
      Stream.of(BuiltInFormat.values()).map(Pair::new).toArray(Pair[]::new);

  private static final class Pair {
    private final LineParser regex;
    private final LineParser scanner;
    private final Diagnosis diagnosis;
    private final AccessLogLine expected = new AccessLogLine();
    private final AccessLogLine actual = new AccessLogLine();

    Pair(BuiltInFormat format) {
      regex = new RegexParser(format);
      scanner = new ScannerParser(format);
      diagnosis = Diagnosis.of(format);
    }

    void check(byte[] text, int from) {
      boolean matches = regex.parse(text, from, text.length, expected);
      if (scanner.parse(text, from, text.length, actual) != matches) {
        throw new AssertionError("only the expression says " + matches);
      }
      for (Field field : Field.values()) {
        if (matches
            && (expected.from(field) != actual.from(field)
                || expected.to(field) != actual.to(field))) {
          throw new AssertionError(field + " is elsewhere");
        }
      }
      if (!matches || !FieldChecks.allHold(expected)) {
        Rejected rejected = diagnosis.explain(text, from, from, text.length);
        if (rejected.offset() > text.length - from) {
          throw new AssertionError(rejected + " is outside the line");
        }
      }
    }
  }

  /**
   * @param input one byte that chooses the format, then the line
   */
  @DictionaryEntries({
    " [28/Oct/2025:10:15:30 +0000] \"",
    "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5",
    "\" 200 5 \"-\" \"-\"",
    " 512 1024",
    "h.example:80 203.0.113.42 ",
    "2001:db8::1",
    "\\\"",
    "\\\\"
  })
  @FuzzTest(maxDuration = "10m")
  void bothParsersSeeTheSame(byte[] input) {
    if (input.length > 0) {
      PAIRS[(input[0] & 0xFF) % PAIRS.length].check(input, 1);
    }
  }
}
