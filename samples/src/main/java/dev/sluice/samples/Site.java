package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The website that a synthetic log is about, {@code www.example.com}: a shop with a blog. */
final class Site {
  static final String ORIGIN = "https://www.example.com";

  /** What kind of target a page is, which decides methods, statuses and sizes. */
  enum PageKind {
    PAGE,
    /** A page with a form, asked for and sent back. */
    FORM,
    ASSET,
    MEDIA,
    API,
    ADMIN,
    FEED,
    /** A directory without its slash: the server redirects. */
    BARE_DIRECTORY,
    /** A target that scanners try and that is not there. */
    PROBE
  }

  /**
   * A target of the site.
   *
   * @param medianBytes median size of the response body
   */
  record Page(byte[] target, PageKind kind, int medianBytes) {}

  private static final PageKind[] KINDS = PageKind.values();

  private static final String[] PRODUCTS = {
    "lamp",
    "chair",
    "desk",
    "kettle",
    "rucksack",
    "notebook",
    "headphones",
    "jacket",
    "bicycle",
    "tent",
    "camera",
    "guitar"
  };
  private static final String[] WORDS = {
    "spring", "sale", "winter", "guide", "review", "news", "garden", "kitchen", "travel", "outdoor",
    "repair", "gift"
  };

  /** Percent-encoded UTF-8: café, Müller, 東京, Привет, año nuevo, crème brûlée. */
  private static final String[] ENCODED_PAGES = {
    "/caf%C3%A9.html",
    "/blog/M%C3%BCller.php",
    "/wiki/%E6%9D%B1%E4%BA%AC",
    "/%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82/",
    "/blog/a%C3%B1o%20nuevo.html",
    "/rezepte/cr%C3%A8me%20br%C3%BBl%C3%A9e.html"
  };

  private final Map<PageKind, List<Page>> pages = new EnumMap<>(PageKind.class);
  private final Map<PageKind, WeightedChoice> popularity = new EnumMap<>(PageKind.class);
  private final Map<UserAgents.Reader, WeightedChoice> tastes =
      new EnumMap<>(UserAgents.Reader.class);
  private final byte[][] internalReferers;

  Site() {
    addPages();
    addAssets();
    addOthers();
    pages.forEach((kind, list) -> popularity.put(kind, WeightedChoice.zipf(list.size(), 0.8)));
    // In the order of PageKind: pages, forms, assets, media, API, admin, feeds, bare directories,
    // probes.
    tastes.put(UserAgents.Reader.BROWSER, new WeightedChoice(39, 6, 42, 5, 5, 1, 0.3, 0.7, 1));
    tastes.put(UserAgents.Reader.CRAWLER, new WeightedChoice(84, 1, 6, 2, 0.5, 0, 3, 3, 0.5));
    tastes.put(UserAgents.Reader.FEED_READER, new WeightedChoice(4, 0, 0, 1, 0, 0, 95, 0, 0));
    tastes.put(UserAgents.Reader.TOOL, new WeightedChoice(26, 4, 1, 2, 42, 2, 1, 2, 20));
    internalReferers =
        pages.get(PageKind.PAGE).stream()
            .map(page -> ascii(ORIGIN + new String(page.target(), StandardCharsets.US_ASCII)))
            .toArray(byte[][]::new);
  }

  Page draw(UserAgents.Reader reader, Dice dice) {
    PageKind kind = KINDS[tastes.get(reader).draw(dice)];
    return pages.get(kind).get(popularity.get(kind).draw(dice));
  }

  /** The address of a page of the site, as a referer. */
  byte[] drawInternalReferer(Dice dice) {
    return internalReferers[popularity.get(PageKind.PAGE).draw(dice)];
  }

  private void addPages() {
    add(PageKind.PAGE, 14_000, "/", "/product.php", "/search.php", "/index.php", "/category.php");
    add(PageKind.PAGE, 9_000, "/about.html", "/contact.html", "/blog/", "/index.html");
    add(
        PageKind.FORM,
        8_500,
        "/login.php",
        "/cart.php",
        "/checkout.php?step=2",
        "/account.php",
        "/contact.php",
        "/newsletter/subscribe");
    for (int item = 1; item <= 120; item++) {
      add(PageKind.PAGE, 16_000, "/product.php?item=" + (item * 37 % 1000 + 100));
      if (item % 3 == 0) {
        add(
            PageKind.PAGE,
            12_000,
            "/search.php?q="
                + PRODUCTS[item % 12]
                + "+"
                + WORDS[item / 12]
                + "&page="
                + (item % 4 + 1));
      }
      if (item % 10 == 0) {
        add(PageKind.PAGE, 11_000, ENCODED_PAGES[item / 10 % ENCODED_PAGES.length]);
      }
    }
    for (String product : PRODUCTS) {
      add(
          PageKind.PAGE,
          13_000,
          "/shop/" + product + "/",
          "/shop/" + product + "/details.html",
          "/category.php?name=" + product + "&sort=price");
    }
    for (String word : WORDS) {
      add(
          PageKind.PAGE,
          20_000,
          "/blog/2025/10/" + word + "-" + PRODUCTS[word.length()] + ".html",
          "/blog/tag/" + word + "/",
          "/docs/" + word + ".v2.html");
    }
  }

  private void addAssets() {
    add(
        PageKind.ASSET,
        42_000,
        "/static/main.css",
        "/static/app.9f2c1e.js",
        "/static/vendor.41ab77.js");
    add(PageKind.ASSET, 4_200, "/favicon.ico", "/static/logo.svg", "/static/fonts/inter.woff2");
    for (String product : PRODUCTS) {
      add(
          PageKind.ASSET,
          28_000,
          "/images/" + product + ".jpg",
          "/images/thumb/" + product + "-200x200.webp",
          "/images/" + product + ".png?v=3");
    }
    for (String product : PRODUCTS) {
      add(
          PageKind.MEDIA,
          2_400_000,
          "/media/" + product + ".mp4",
          "/downloads/" + product + "-manual.pdf");
    }
    add(PageKind.MEDIA, 30_000_000, "/downloads/catalogue-2025.tar.gz", "/downloads/app.v1.2.zip");
  }

  private void addOthers() {
    for (String product : PRODUCTS) {
      add(PageKind.API, 700, "/api/v1/stock/" + product, "/api/v1/price?sku=" + product);
      add(PageKind.BARE_DIRECTORY, 240, "/shop/" + product);
    }
    add(PageKind.API, 90, "/health", "/api/v1/session", "/api/v1/cart", "/api/v1/events");
    add(
        PageKind.ADMIN,
        8_000,
        "/admin/",
        "/admin/orders.php",
        "/admin/users.php?page=2",
        "/intranet/report.aspx");
    add(
        PageKind.FEED,
        32_000,
        "/feed.xml",
        "/robots.txt",
        "/blog/feed/",
        "/rss",
        "/sitemap.xml",
        "/blog/atom.xml");
    add(
        PageKind.PROBE,
        196,
        "/wp-login.php",
        "/.env",
        "/xmlrpc.php",
        "/.git/config",
        "/phpmyadmin/index.php",
        "/cgi-bin/luci",
        "/a.tar.gz");
    add(
        PageKind.PROBE,
        196,
        "/../../etc/passwd",
        "/index.php?s=/Index/%5Cthink%5Capp",
        "/%zz",
        "/boaform/admin/formLogin",
        "/x.",
        "//admin//");
  }

  private void add(PageKind kind, int medianBytes, String... targets) {
    for (String target : targets) {
      pages
          .computeIfAbsent(kind, none -> new ArrayList<>())
          .add(new Page(ascii(target), kind, medianBytes));
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
