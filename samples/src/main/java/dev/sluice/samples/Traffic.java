package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Fills drafts with ordinary requests: who asks for what, from where, and what the server answers.
 */
final class Traffic {
  private static final byte[] GET = Site.ascii("GET");
  private static final byte[] POST = Site.ascii("POST");
  private static final byte[] HEAD = Site.ascii("HEAD");
  private static final byte[] OPTIONS = Site.ascii("OPTIONS");
  private static final byte[] HTTP_1_0 = Site.ascii("HTTP/1.0");
  private static final byte[] HTTP_1_1 = Site.ascii("HTTP/1.1");
  private static final byte[] HTTP_2_0 = Site.ascii("HTTP/2.0");

  private static final byte[][] USERS = ascii("alice", "bob", "carol", "dave", "erin", "frank");
  private static final byte[][] SEARCH_REFERERS =
      ascii(
          "https://www.google.com/",
          "https://www.google.com/",
          "https://www.google.com/",
          "https://www.bing.com/",
          "https://duckduckgo.com/",
          "https://www.google.de/search?q=bicycle+repair",
          "https://www.bing.com/search?q=desk+lamp&form=QBLH",
          "https://search.yahoo.com/search?p=winter%20jacket",
          "https://yandex.ru/search/?text=%D0%BF%D0%B0%D0%BB%D0%B0%D1%82%D0%BA%D0%B0",
          "https://www.ecosia.org/search?q=tent");
  private static final byte[][] OTHER_REFERERS =
      ascii(
          "https://news.example.net/offers?utm_source=newsletter&utm_medium=email&utm_campaign=october",
          "https://ads.example.org/click?utm_source=banner&utm_campaign=spring_sale&gclid=EAIaIQobChMI",
          "https://t.co/Ab3dEfGh1J",
          "https://m.facebook.com/",
          "https://old.reddit.com/r/camping/comments/1abcde/which_tent/",
          "https://blog.example.org/2025/09/the-best-headphones.html",
          "http://example.com/search.php",
          "http://forum.example.net/viewtopic.php?f=3&t=1177",
          "android-app://com.google.android.googlequicksearchbox/");

  /**
   * Multipliers of a log-normal distribution with a deviation of half an e-fold, made once because
   * they are dear.
   */
  private final double[] sizeFactors = new double[1 << 12];

  private final Dice dice;
  private final AccessLogOptions.Format format;
  private final UserAgents agents = new UserAgents();
  private final Site site = new Site();
  private final Visitors visitors;

  Traffic(Dice dice, AccessLogOptions options) {
    this.dice = dice;
    this.format = options.format();
    this.visitors = new Visitors(options.visitors(), new SampleGeo(), agents, dice);
    for (int i = 0; i < sizeFactors.length; i++) {
      sizeFactors[i] = StrictMath.exp(0.5 * dice.gaussian());
    }
  }

  /** Fills in everything but the timestamp and the id. */
  void fill(LineDraft draft) {
    draft.reset();
    Visitors.Visitor visitor = visitors.draw(dice);
    // Several people behind one address, or an application beside the browser.
    UserAgents.Agent agent = dice.chance(0.1) ? agents.draw(dice) : visitor.agent();
    Site.Page page = site.draw(agent.reader(), dice);
    draft.host = visitor.address();
    draft.target =
        page.kind() == Site.PageKind.PAGE && dice.chance(0.01)
            ? withSession(page.target())
            : page.target();
    draft.protocol = protocol(agent.reader());
    draft.method = method(agent.reader(), page.kind());
    answer(draft, page);
    if (format == AccessLogOptions.Format.COMMON) {
      draft.referer = null;
      draft.agent = null;
    } else {
      draft.referer = referer(agent.reader(), page.kind());
      draft.agent = agent.text();
    }
  }

  /** The path with {@code ;jsessionid=}, as Java servers write it, before the query. */
  private byte[] withSession(byte[] target) {
    String text = new String(target, StandardCharsets.US_ASCII);
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    String session =
        String.format(Locale.ROOT, ";jsessionid=%016X%016X", dice.nextLong(), dice.nextLong());
    return Site.ascii(path + session + text.substring(path.length()));
  }

  private byte[] protocol(UserAgents.Reader reader) {
    double share = dice.unit();
    if (reader == UserAgents.Reader.BROWSER) {
      return share < 0.6 ? HTTP_1_1 : HTTP_2_0;
    }
    return share < 0.9 ? HTTP_1_1 : HTTP_1_0;
  }

  private byte[] method(UserAgents.Reader reader, Site.PageKind kind) {
    double share = dice.unit();
    return switch (kind) {
      case PAGE -> share > 0.99 ? HEAD : GET;
      case FORM -> reader != UserAgents.Reader.CRAWLER && share < 0.5 ? POST : GET;
      case API -> share < 0.3 ? POST : share < 0.35 ? OPTIONS : GET;
      case ADMIN, PROBE -> share < 0.2 ? POST : GET;
      case FEED, MEDIA -> share < 0.05 ? HEAD : GET;
      case ASSET, BARE_DIRECTORY -> GET;
    };
  }

  private void answer(LineDraft draft, Site.Page page) {
    int status = status(draft.method, page.kind());
    if (page.kind() == Site.PageKind.ADMIN && status != 401) {
      draft.user = dice.oneOf(USERS);
    }
    draft.status = Statuses.text(status);
    boolean empty = status == 204 || status == 304 || draft.method == HEAD;
    draft.bytes = empty ? LineDraft.NO_BYTES : bodyBytes(status, page);
  }

  private int status(byte[] method, Site.PageKind kind) {
    double share = dice.unit();
    if (method == OPTIONS) {
      return 204;
    }
    if (share > 0.997) {
      return share > 0.999 ? 500 : share > 0.998 ? 503 : 502;
    }
    return switch (kind) {
      case PAGE -> share < 0.94 ? 200 : share < 0.96 ? 304 : share < 0.99 ? 404 : 302;
      case FORM -> method == POST && share < 0.6 ? 302 : 200;
      case ASSET -> share < 0.25 ? 304 : share < 0.985 ? 200 : 404;
      case MEDIA -> share < 0.45 ? 206 : share < 0.55 ? 304 : 200;
      case API -> share < 0.9 ? (method == POST ? 201 : 200) : share < 0.95 ? 429 : 400;
      case ADMIN -> share < 0.35 ? 401 : share < 0.4 ? 403 : 200;
      case FEED -> share < 0.5 ? 304 : 200;
      case BARE_DIRECTORY -> 301;
      case PROBE -> share < 0.9 ? 404 : share < 0.97 ? 403 : 400;
    };
  }

  private long bodyBytes(int status, Site.Page page) {
    if (status >= 500 || status == 404) {
      return 196 + (status & 7); // the server's own short page
    }
    if (status >= 300) {
      return 180 + (status & 127);
    }
    boolean fixed =
        page.kind() == Site.PageKind.ASSET || page.kind() == Site.PageKind.MEDIA && status == 200;
    if (fixed) {
      return page.medianBytes() + page.target().length * 131L;
    }
    return Math.max(
        2, Math.round(page.medianBytes() * sizeFactors[dice.below(sizeFactors.length)]));
  }

  private byte[] referer(UserAgents.Reader reader, Site.PageKind kind) {
    double share = dice.unit();
    if (reader != UserAgents.Reader.BROWSER || kind == Site.PageKind.PROBE) {
      return share < 0.97 ? LineDraft.DASH : site.drawInternalReferer(dice);
    }
    boolean partOfPage = kind == Site.PageKind.ASSET || kind == Site.PageKind.API;
    if (share < (partOfPage ? 0.92 : 0.45)) {
      return site.drawInternalReferer(dice);
    }
    if (partOfPage || share < 0.70) {
      return LineDraft.DASH;
    }
    return dice.oneOf(share < 0.9 ? SEARCH_REFERERS : OTHER_REFERERS);
  }

  private static byte[][] ascii(String... texts) {
    return Arrays.stream(texts).map(Site::ascii).toArray(byte[][]::new);
  }
}
