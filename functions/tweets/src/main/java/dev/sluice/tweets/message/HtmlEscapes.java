package dev.sluice.tweets.message;

/** Twitter escapes the three signs of HTML in texts, and no others. */
final class HtmlEscapes {
  private static final String[] ESCAPES = {"&amp;", "&lt;", "&gt;"};
  private static final String SIGNS = "&<>";

  private HtmlEscapes() {}

  /** The text as its author wrote it: each escape is taken once, so {@code &amp;lt;} stays one. */
  static String removedFrom(String text) {
    int at = text.indexOf('&');
    if (at < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    int from = 0;
    while (at >= 0) {
      plain.append(text, from, at);
      from = at + 1;
      char sign = '&';
      for (int i = 0; i < ESCAPES.length; i++) {
        if (text.startsWith(ESCAPES[i], at)) {
          sign = SIGNS.charAt(i);
          from = at + ESCAPES[i].length();
          break;
        }
      }
      plain.append(sign);
      at = text.indexOf('&', from);
    }
    return plain.append(text, from, text.length()).toString();
  }
}
