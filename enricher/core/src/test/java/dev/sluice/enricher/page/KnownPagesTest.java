package dev.sluice.enricher.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.AllocationProbe;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered about requests and referers is what one finds who looks. */
class KnownPagesTest {
  private static final long SEED = 20_261_121;
  private static final int LOOK_UPS = 400_000;
  private static final String[] REQUESTS = {
    "GET /",
    "GET /a/b.html?c=d",
    "GET /shop/article;jsessionid=1",
    "GET /caf%C3%A9.php",
    "GET /%zz/x.tar.gz",
    "POST http://h/q.php#f",
    "CONNECT h:443",
    "GET /a b",
    "GET /...",
  };
  private static final String[] REFERERS = {
    "-",
    "https://example.com",
    "https://example.com/a/b.html?q=1",
    "http://h/%C3%A9.x",
    "/only/a/path",
  };
  private static final String MARKS = "abc/.?;%#0\"\\ ";

  private final KnownPages known = new KnownPages();
  private final Random random = new Random(SEED);

  @Test
  void aRequestIsTakenApartAsByWhoLooksAtIt() {
    var request = new RequestLine();
    var page = new PageName();
    var slowRequest = new RequestLine();
    var slowPage = new PageName();
    int present = 0;
    for (int i = 0; i < LOOK_UPS; i++) {
      String line = REQUESTS[random.nextInt(REQUESTS.length)] + middle() + " HTTP/1.1";
      int before = random.nextInt(9);
      byte[] text = around(line, before);
      int to = before + line.length();
      known.findInRequest(text, before, to, request, page);
      slowRequest.parseAny(text, before, to);
      if (slowRequest.hasTarget()) {
        slowPage.find(text, slowRequest.targetFrom(), slowRequest.targetTo());
      } else {
        slowPage.clear();
      }
      boolean same =
          request.isWellFormed() == slowRequest.isWellFormed()
              && request.hasTarget() == slowRequest.hasTarget()
              && request.targetFrom() == slowRequest.targetFrom()
              && request.targetTo() == slowRequest.targetTo();
      assertThat(same).as(line).isTrue();
      assertSame(line, page, slowPage);
      present += page.isPresent() ? 1 : 0;
    }
    assertThat(present).isBetween(LOOK_UPS / 2, LOOK_UPS - 1);
  }

  @Test
  void aRefererNamesThePageThatOneFindsWhoLooksAtIt() {
    var page = new PageName();
    var slow = new PageName();
    for (int i = 0; i < LOOK_UPS; i++) {
      String referer = REFERERS[random.nextInt(REFERERS.length)] + middle();
      int before = random.nextInt(9);
      byte[] text = around(referer, before);
      known.findInReferer(text, before, before + referer.length(), page);
      slow.find(text, before, before + referer.length());
      assertSame(referer, page, slow);
    }
  }

  @Test
  void aDecodedPageIsKnownWhereJsonTakesItAsItIs() {
    for (String target : new String[] {"/caf%C3%A9.php", "/%E6%9D%B1%E4%BA%AC", "/a%20b.html"}) {
      assertThat(isLiteralWhenItComesAgain(target)).as(target).isTrue();
    }
    for (String target : new String[] {"/a%22b", "/a%0Ab", "/a%5Cb", "/a%7Fb", "/a%C2%85b"}) {
      assertThat(isLiteralWhenItComesAgain(target)).as(target).isFalse();
    }
  }

  private boolean isLiteralWhenItComesAgain(String target) {
    byte[] text = Arrays.copyOf(("GET " + target + " HTTP/1.1").getBytes(ISO_8859_1), 160);
    int to = ("GET " + target + " HTTP/1.1").length();
    var request = new RequestLine();
    var first = new PageName();
    var again = new PageName();
    known.findInRequest(text, 0, to, request, first);
    assertThat(first.isLiteral()).isFalse();
    known.findInRequest(text, 0, to, request, again);
    assertThat(utf8(again)).isEqualTo(utf8(first));
    assertThat(request.targetTo() - request.targetFrom()).isEqualTo(target.length());
    return again.isLiteral() && again.buffer().length >= again.to() + 32;
  }

  @Test
  void textsOfOnePlaceDoNotTakeEachOthersNumber() {
    var texts = new KnownTexts(1);
    byte[] one = around("GET /one/and/the/same HTTP/1.1", 0);
    for (int length = KnownTexts.MIN_LENGTH; length <= KnownTexts.MAX_LENGTH; length++) {
      assertThat(texts.find(one, 0, length)).isEqualTo(KnownTexts.UNKNOWN);
      texts.put(one, 0, length, length);
      assertThat(texts.find(one, 0, length)).isEqualTo(length);
      for (int i = 0; i < length; i++) {
        byte[] other = one.clone();
        other[i] ^= (byte) (1 << random.nextInt(8));
        assertThat(texts.find(other, 0, length)).isEqualTo(KnownTexts.UNKNOWN);
      }
      byte[] sameUpToThere = one.clone();
      Arrays.fill(sameUpToThere, length, sameUpToThere.length, (byte) 'x');
      assertThat(texts.find(sameUpToThere, 0, length)).isEqualTo(length);
    }
  }

  @Test
  void takesNothingShortOrLongOrNearTheEndOfTheBuffer() {
    byte[] text = new byte[100];
    assertThat(KnownTexts.takes(text, 0, 7)).isFalse();
    assertThat(KnownTexts.takes(text, 0, 8)).isTrue();
    assertThat(KnownTexts.takes(text, 36, 36 + 64)).isTrue();
    assertThat(KnownTexts.takes(text, 0, 65)).isFalse();
    assertThat(KnownTexts.takes(text, 37, 60)).isFalse();
  }

  @Test
  void allocatesNothing() {
    byte[] text = around("GET /shop/cart.html?x=1 HTTP/1.1", 3);
    var request = new RequestLine();
    var page = new PageName();
    assertThat(
            AllocationProbe.bytesOnceWarm(
                () -> known.findInRequest(text, 3, 3 + 32, request, page)))
        .isZero();
  }

  /** Few enough that most come again, of every length that is remembered and some beyond. */
  private String middle() {
    int which = random.nextInt(300);
    var same = new Random(which);
    var middle = new StringBuilder();
    for (int length = same.nextInt(70); length > 0; length--) {
      middle.append(MARKS.charAt(same.nextInt(MARKS.length())));
    }
    return middle.toString();
  }

  private byte[] around(String text, int before) {
    byte[] around = new byte[before + text.length() + random.nextInt(80)];
    random.nextBytes(around);
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, around, before, bytes.length);
    return text.startsWith("GET /one") ? Arrays.copyOf(around, 160) : around;
  }

  private static void assertSame(String what, PageName page, PageName slow) {
    assertThat(page.isPresent()).as(what).isEqualTo(slow.isPresent());
    if (slow.isPresent()) {
      assertThat(text(page)).as(what).isEqualTo(text(slow));
      // What is known may be known to be written as it is.
      assertThat(page.isLiteral())
          .as(what)
          .isEqualTo(slow.isLiteral() || page.isLiteral() && isWrittenAsItIs(slow));
    }
  }

  private static boolean isWrittenAsItIs(PageName page) {
    var json = new OutputBuffer();
    JsonText.append(page.buffer(), page.from(), page.to(), json);
    return json.toString().equals(utf8(page));
  }

  private static String utf8(PageName page) {
    return new String(page.buffer(), page.from(), page.to() - page.from(), StandardCharsets.UTF_8);
  }

  private static String text(PageName page) {
    return new String(
        page.buffer(), page.from(), page.to() - page.from(), StandardCharsets.ISO_8859_1);
  }
}
