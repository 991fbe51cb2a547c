package dev.sluice.enricher.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The way for usual request lines says what the way for all of them says. */
class RequestLineTest {
  private static final long SEED = 20_251_127;
  private static final int LINES = 300_000;
  private static final String[] USUAL = {
    "GET / HTTP/1.1",
    "GET /a/b.html?c=d HTTP/1.0",
    "GET /index.php HTTP/2.0",
    "POST /form HTTP/1.1",
    "GET http://h/q HTTP/1.1",
    "CONNECT h:443 HTTP/1.1",
    "GET /a b HTTP/1.1",
  };
  private static final String MARKS = " /.?*GETHP0129:\"x\0\u00ff";

  @Test
  void theUsualWayIsTheSlowOne() {
    var random = new Random(SEED);
    var fast = new RequestLine();
    var slow = new RequestLine();
    int wellFormed = 0;
    for (int i = 0; i < LINES; i++) {
      var line = new StringBuilder(USUAL[random.nextInt(USUAL.length)]);
      for (int changes = random.nextInt(3); changes > 0 && line.length() > 0; changes--) {
        int at = random.nextInt(line.length());
        char mark = MARKS.charAt(random.nextInt(MARKS.length()));
        switch (random.nextInt(3)) {
          case 0 -> line.deleteCharAt(at);
          case 1 -> line.insert(at, mark);
          default -> line.setCharAt(at, mark);
        }
      }
      int before = random.nextInt(3);
      byte[] text =
          (" ".repeat(before) + line + " ".repeat(random.nextInt(3))).getBytes(ISO_8859_1);
      fast.parse(text, before, before + line.length());
      slow.parseAny(text, before, before + line.length());
      boolean same =
          fast.hasTarget() == slow.hasTarget()
              && fast.isWellFormed() == slow.isWellFormed()
              && fast.targetFrom() == slow.targetFrom()
              && fast.targetTo() == slow.targetTo();
      assertThat(same).as(line::toString).isTrue();
      wellFormed += slow.isWellFormed() ? 1 : 0;
    }
    assertThat(wellFormed).isBetween(LINES / 10, LINES);
  }
}
