package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Turns an ordinary draft into a line that is unusual and still well-formed. */
final class OddLines {
  private static final Set<LineKind> NEED_REFERER_OR_AGENT =
      EnumSet.of(
          LineKind.ESCAPED_QUOTE_IN_REFERER,
          LineKind.ESCAPED_QUOTE_IN_AGENT,
          LineKind.LONG_AGENT,
          LineKind.TAB,
          LineKind.COMMON_LINE);

  /** Their id stands in the referer. */
  private static final Set<LineKind> NO_PLACE_IN_REQUEST =
      EnumSet.of(LineKind.NO_REQUEST, LineKind.NEWLINE_REQUEST);

  private final LineKind[] kinds;
  private final Dice dice;

  OddLines(Dice dice, AccessLogOptions options) {
    this.dice = dice;
    boolean common = options.format() == AccessLogOptions.Format.COMMON;
    this.kinds =
        Arrays.stream(LineKind.values())
            .filter(kind -> kind.category() == LineKind.Category.ODD)
            .filter(kind -> !common || !NEED_REFERER_OR_AGENT.contains(kind))
            .filter(kind -> !common || !options.ids() || !NO_PLACE_IN_REQUEST.contains(kind))
            .toArray(LineKind[]::new);
  }

  LineKind apply(LineDraft draft) {
    LineKind kind = dice.oneOf(kinds);
    switch (kind) {
      case ESCAPED_QUOTE_IN_REQUEST ->
          draft.target = ascii("/search.php?q=\\\"" + words(2) + "\\\"");
      case ESCAPED_QUOTE_IN_REFERER ->
          draft.referer = ascii("https://www.google.com/search?q=\\\"" + words(3) + "\\\"");
      case ESCAPED_QUOTE_IN_AGENT ->
          draft.agent =
              ascii("\\\"Mozilla/5.0\\\" (X11; Linux x86_64; C:\\\\" + words(1) + "\\\\)");
      case NO_REQUEST -> failed(draft, "-", 408);
      case TLS_REQUEST -> failed(draft, tlsGreeting(), 400);
      case NEWLINE_REQUEST -> failed(draft, "\\n", 400);
      case NO_PROTOCOL -> draft.protocol = null;
      case HTTP_2 -> draft.protocol = ascii("HTTP/2.0");
      case HTTP_3 -> draft.protocol = ascii(dice.chance(0.5) ? "HTTP/3" : "HTTP/3.0");
      case HOST_NAME -> draft.host = ascii(hostName());
      case USER_EMAIL -> draft.user = ascii(words(1) + "." + words(1) + "@example.com");
      case USER_EMPTY -> draft.user = ascii("\"\"");
      case USER_WITH_SPACE -> draft.user = ascii(words(1) + " " + words(1));
      case LONG_TARGET ->
          draft.target = longText("/search.php?filter=", dice.between(2_000, 8_000), '+');
      case LONG_AGENT ->
          draft.agent = longText("Mozilla/5.0 (compatible; ", dice.between(1_500, 8_000), ';');
      case TAB -> draft.agent = ascii("Mozilla/5.0\t(" + words(1) + ")\\t" + words(1) + "/1.0");
      case TRAILING_CR -> draft.lineEnd = new byte[] {'\r'};
      case ESCAPED_UTF8 ->
          draft.target =
              ascii("/blog/caf\\xc3\\xa9-" + words(1) + "/\\xe6\\x9d\\xb1\\xe4\\xba\\xac.html");
      case ESCAPED_BYTES -> draft.target = escapedBytes();
      case RAW_UTF8 -> putRawUtf8(draft);
      default -> makeCommon(draft);
    }
    return kind;
  }

  /** A request that never became one: no referer, no user agent. */
  private static void failed(LineDraft draft, String request, int status) {
    draft.rawRequest = ascii(request);
    draft.status = Statuses.text(status);
    draft.bytes = status == 408 ? LineDraft.NO_BYTES : 226;
    draft.idInReferer = !request.startsWith("\\x16");
    if (!draft.isCommon()) {
      draft.referer = LineDraft.DASH;
      draft.agent = LineDraft.DASH;
    }
  }

  private String tlsGreeting() {
    return String.format(
            Locale.ROOT, "\\x16\\x03\\x01\\x%02x\\x%02x\\x01", 0, 0x80 | dice.below(16))
        + "\\xfc\\x03\\x03";
  }

  private String hostName() {
    String number = Integer.toString(dice.below(250));
    return switch (dice.below(3)) {
      case 0 -> "crawl-198-51-100-" + number + ".bots.example.net";
      case 1 -> "dialin" + number + "." + words(1) + ".isp.example";
      default -> "localhost";
    };
  }

  private byte[] escapedBytes() {
    var target = new ByteBuilder(64).put("/files/");
    for (int i = dice.between(2, 12); i > 0; i--) {
      target.putEscaped(0x80 | dice.below(64)); // continuation bytes alone are never UTF-8
    }
    return target.putEscaped(0xFF).put("\\r\\n").toByteArray();
  }

  private static void putRawUtf8(LineDraft draft) {
    draft.target = "/büro/日本語.html".getBytes(StandardCharsets.UTF_8);
    if (!draft.isCommon()) {
      draft.referer = "https://www.example.com/straße?q=naïve".getBytes(StandardCharsets.UTF_8);
    }
  }

  private static void makeCommon(LineDraft draft) {
    draft.referer = null;
    draft.agent = null;
  }

  private byte[] longText(String start, int length, char separator) {
    var text = new ByteBuilder(length + 16).put(start);
    while (text.length() < length) {
      text.put(words(1)).put(separator);
    }
    return text.toByteArray();
  }

  /** Lower-case words joined by plus signs. */
  private String words(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : "+");
      for (int letters = dice.between(3, 9); letters > 0; letters--) {
        text.append((char) ('a' + dice.below(26)));
      }
    }
    return text.toString();
  }

  private static byte[] ascii(String text) {
    return Site.ascii(text);
  }
}
