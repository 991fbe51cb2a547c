package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds contents of log lines where they must not be: in what the consumer prints. Looks for ids,
 * for client addresses and for what stands between quotes (request lines, referers, user agents);
 * and for ids in base64, as which KCL likes to log records.
 */
final class LogContentCanary {
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]+");
  private static final String ID_START = "id=L000"; // the loads have less than ten million lines
  private static final int QUOTED_CHARS_MIN = 12; // shorter texts may stand anywhere

  private final Set<String> addresses = new HashSet<>();
  private final Set<String> quoted = new HashSet<>();

  /** Learns the first lines of a log. */
  void learn(SyntheticAccessLog log, int lines) {
    for (int i = 0; i < lines; i++) {
      learn(log.next());
    }
  }

  private void learn(SyntheticLine line) {
    String text = new String(line.bytes(), StandardCharsets.ISO_8859_1);
    int space = text.indexOf(' ');
    if (space > 0 && !line.kind().isBroken()) {
      addresses.add(text.substring(0, space));
    }
    for (String part : text.split("\"")) {
      if (part.length() >= QUOTED_CHARS_MIN && !part.startsWith(" ")) {
        quoted.add(part);
      }
    }
  }

  /** Asserts that nothing of any line was printed. */
  void assertSilent(String printed) {
    assertThat(printed).as("ids of lines").doesNotContain(ID_START);
    assertThat(printed).as("lines in base64").doesNotContain(base64Traces());
    List<String> seen = ADDRESS.matcher(printed).results().map(MatchResult::group).toList();
    assertThat(addresses).as("client addresses").doesNotContainAnyElementsOf(seen);
    List<String> leaked = quoted.stream().filter(printed::contains).toList();
    assertThat(leaked).as("request lines, referers, user agents").isEmpty();
  }

  /** What the start of an id becomes in base64, at each of the three places in a group of bytes. */
  private static List<String> base64Traces() {
    return List.of(base64(ID_START), base64(ID_START.substring(1)), base64(ID_START.substring(2)));
  }

  /** Of whole groups only: the rest depends on what follows. */
  private static String base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    String encoded = Base64.getEncoder().encodeToString(bytes);
    return encoded.substring(0, bytes.length / 3 * 4);
  }
}
