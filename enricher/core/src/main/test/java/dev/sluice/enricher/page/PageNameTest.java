package dev.sluice.enricher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way to a page against the way that takes every text. */
class PageNameTest {
  private static final int TEXTS = 300_000;
  private static final String[] PARTS = {
    "/", "/", "//", "?", "#", ".", "..", ";", "%", "%2F", "%C3%A9", "%zz", "a", "index", "product.php",
    "long-name-of-a-page", "http://", "https://", "HTTP://", "http:/", "www.example.com", "x@y:80",
    "*", "-", "\u00e9"
  };

  private final PageName usual = new PageName();
  private final PageName any = new PageName();

  @Test
  void bothWaysNameTheSamePage() {
    var random = new Random(20_251_028);
    int present = 0;
    for (int i = 0; i < TEXTS; i++) {
      present += compare(text(random), random.nextInt(12), random.nextInt(12)) ? 1 : 0;
    }
    assertThat(present).isBetween(TEXTS / 4, TEXTS - TEXTS / 8);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? "https://www.example.com" : "http://a.b");
    }
    for (int parts = random.nextInt(9); parts > 0; parts--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  /** Answers whether there is a page. */
  private boolean compare(String text, int before, int behind) {
    byte[] bytes =
        ("/".repeat(before) + text + "?".repeat(behind)).getBytes(StandardCharsets.UTF_8);
    int to = bytes.length - behind;
    usual.find(bytes, before, to);
    any.findAny(bytes, before, to);
    assertThat(usual.isPresent()).as(text).isEqualTo(any.isPresent());
    if (any.isPresent()) {
      assertThat(name(usual)).as(text).isEqualTo(name(any));
      assertThat(usual.isLiteral()).as(text).isEqualTo(any.isLiteral());
    }
    return any.isPresent();
  }

  private static String name(PageName page) {
    return new String(page.buffer(), page.from(), page.to() - page.from(), StandardCharsets.UTF_8);
  }

  @Test
  void aLiteralPageHasRoomBehindItForWords() {
    byte[] text = ("/" + " ".repeat(32)).getBytes(StandardCharsets.US_ASCII);
    usual.find(text, 0, 1);
    assertThat(usual.isLiteral()).isTrue();
    assertThat(name(usual)).isEqualTo("index");
    assertThat(usual.buffer().length - usual.from()).isGreaterThanOrEqualTo(32);
  }
}
