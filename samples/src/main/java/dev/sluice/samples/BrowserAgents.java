package dev.sluice.samples;

import dev.sluice.samples.UserAgents.Family;
import dev.sluice.samples.UserAgents.Reader;
import java.util.ArrayList;
import java.util.List;

/** User agents of browsers, put together from versions, platforms and models. */
final class BrowserAgents {
  private static final int NEWEST_CHROME = 141;
  private static final int OLDEST_CHROME = 118;
  private static final int OPERA_BEHIND_CHROME = 16;

  private static final String CHROME =
      "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0 Safari/537.36";
  private static final String ANDROID =
      "Mozilla/5.0 (Linux; Android %s; %s) AppleWebKit/537.36 (KHTML, like Gecko) ";
  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS %s like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ";
  private static final String KHTML = "AppleWebKit/537.36 (KHTML, like Gecko) ";

  private static final String WINDOWS = "Windows NT 10.0; Win64; x64";
  private static final String MAC = "Macintosh; Intel Mac OS X 10_15_7";
  private static final String LINUX = "X11; Linux x86_64";
  private static final String CHROME_OS = "X11; CrOS x86_64 14541.0.0";

  private static final List<String> IOS_VERSIONS =
      List.of("18_6", "18_5", "26_0", "18_3_2", "17_6_1", "17_5_1", "16_7_10", "15_8_3");

  private static final List<String> PHONES =
      List.of(
          "K",
          "SM-S918B",
          "SM-A546B",
          "Pixel 8",
          "SM-S901U",
          "Pixel 7a",
          "SM-A155F",
          "2201117TG",
          "M2101K6G",
          "CPH2581",
          "moto g54 5G",
          "RMX3771",
          "SM-G991B",
          "ONEPLUS A6013",
          "V2250",
          "XQ-CC54",
          "Nokia G42 5G",
          "ELE-L29");

  private BrowserAgents() {}

  static List<Family> families() {
    return List.of(
        new Family(Reader.BROWSER, 25, desktopChrome()),
        new Family(Reader.BROWSER, 18, androidChrome()),
        new Family(Reader.BROWSER, 16, iphoneSafari()),
        new Family(Reader.BROWSER, 6, edge()),
        new Family(Reader.BROWSER, 6, desktopFirefox()),
        new Family(Reader.BROWSER, 6, desktopSafari()),
        new Family(Reader.BROWSER, 4, tablets()),
        new Family(Reader.BROWSER, 3, samsungPhones()),
        new Family(Reader.BROWSER, 2, opera()),
        new Family(Reader.BROWSER, 2, otherIphoneBrowsers()),
        new Family(Reader.BROWSER, 1, televisions()),
        new Family(Reader.BROWSER, 0.6, consoles()),
        new Family(Reader.BROWSER, 0.6, androidFirefox()),
        new Family(Reader.BROWSER, 0.5, oldBrowsers()));
  }

  private static List<String> desktopChrome() {
    var agents = new ArrayList<String>();
    for (int version = NEWEST_CHROME; version >= OLDEST_CHROME; version--) {
      for (String platform : List.of(WINDOWS, MAC, LINUX, CHROME_OS)) {
        agents.add(CHROME.formatted(platform, version));
      }
    }
    return agents;
  }

  private static List<String> edge() {
    var agents = new ArrayList<String>();
    for (int version = NEWEST_CHROME; version >= OLDEST_CHROME; version--) {
      agents.add((CHROME + " Edg/%s.0.0.0").formatted(WINDOWS, version, version));
      if (version % 4 == 0) {
        agents.add((CHROME + " Edg/%s.0.0.0").formatted(MAC, version, version));
      }
    }
    return agents;
  }

  private static List<String> opera() {
    var agents = new ArrayList<String>();
    for (int version = NEWEST_CHROME; version >= OLDEST_CHROME; version -= 4) {
      agents.add(
          (CHROME + " OPR/%s.0.0.0").formatted(WINDOWS, version, version - OPERA_BEHIND_CHROME));
    }
    return agents;
  }

  private static List<String> desktopFirefox() {
    var agents = new ArrayList<String>();
    for (String version : List.of("144.0", "143.0", "142.0", "140.0", "128.0", "115.0")) {
      for (String platform :
          List.of(WINDOWS, "Macintosh; Intel Mac OS X 10.15", LINUX, "X11; Ubuntu; Linux x86_64")) {
        agents.add(
            "Mozilla/5.0 (%s; rv:%s) Gecko/20100101 Firefox/%s"
                .formatted(platform, version, version));
      }
    }
    return agents;
  }

  private static List<String> desktopSafari() {
    return List.of("18.6", "26.0", "18.5", "17.6", "18.3", "17.4", "16.6", "15.6.1").stream()
        .map(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%s Safari/605.1.15"
                ::formatted)
        .toList();
  }

  private static List<String> oldBrowsers() {
    return List.of(
        "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
        "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0)",
        "Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18");
  }

  private static List<String> iphoneSafari() {
    return IOS_VERSIONS.stream()
        .map(
            ios ->
                (IPHONE + "Version/%s Mobile/15E148 Safari/604.1")
                    .formatted(ios, majorAndMinor(ios)))
        .toList();
  }

  private static List<String> otherIphoneBrowsers() {
    var agents = new ArrayList<String>();
    for (String ios : IOS_VERSIONS) {
      agents.add((IPHONE + "CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1").formatted(ios));
      agents.add((IPHONE + "FxiOS/143.2 Mobile/15E148 Safari/605.1.15").formatted(ios));
    }
    return agents;
  }

  /** {@code 18.3} of {@code 18_3_2}. */
  private static String majorAndMinor(String ios) {
    String[] parts = ios.split("_");
    return parts[0] + "." + parts[1];
  }

  private static List<String> androidChrome() {
    var agents = new ArrayList<String>();
    for (String phone : PHONES) {
      for (int version = NEWEST_CHROME; version > NEWEST_CHROME - 4; version--) {
        agents.add(
            (ANDROID + "Chrome/%s.0.0.0 Mobile Safari/537.36")
                .formatted(android(phone), phone, version));
      }
    }
    return agents;
  }

  private static List<String> samsungPhones() {
    return PHONES.stream()
        .filter(phone -> phone.startsWith("SM-") || phone.equals("K"))
        .map(
            phone ->
                (ANDROID + "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36")
                    .formatted(android(phone), phone))
        .toList();
  }

  /** Android's version of a phone; Chrome writes a model of K and version 10 for most. */
  private static int android(String phone) {
    return phone.equals("K") ? 10 : 15 - PHONES.indexOf(phone) % 5;
  }

  private static List<String> androidFirefox() {
    return List.of("15", "14", "13", "12", "11").stream()
        .map("Mozilla/5.0 (Android %s; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"::formatted)
        .toList();
  }

  private static List<String> tablets() {
    var agents = new ArrayList<String>();
    for (String ios : List.of("18_5", "17_6", "16_7", "12_5_7")) {
      agents.add(
          "Mozilla/5.0 (iPad; CPU OS %s like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%s Mobile/15E148 Safari/604.1"
              .formatted(ios, majorAndMinor(ios)));
    }
    for (String model :
        List.of("SM-X710", "SM-T870", "SM-T510", "Lenovo TB-X606F", "Pixel Tablet", "KFTRWI")) {
      agents.add((ANDROID + "Chrome/139.0.0.0 Safari/537.36").formatted(13, model));
    }
    for (String model : List.of("KFMAWI", "KFONWI", "KFSUWI")) {
      agents.add(
          (ANDROID + "Silk/136.3.7 like Chrome/136.0.7103.125 Safari/537.36").formatted(9, model));
    }
    agents.add(
        "Mozilla/5.0 (Linux; U; en-US) AppleWebKit/528.5+ (KHTML, like Gecko, Safari/528.5+) Version/4.0 Kindle/3.0 (screen 600x800; rotate)");
    return agents;
  }

  private static List<String> televisions() {
    return List.of(
        "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) "
            + KHTML
            + "SamsungBrowser/6.0 Chrome/94.0.4606.31 TV Safari/537.36",
        "Mozilla/5.0 (Web0S; Linux/SmartTV) "
            + KHTML
            + "Chrome/94.0.4606.128 Safari/537.36 WebAppManager",
        "Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) "
            + KHTML
            + "SamsungBrowser/2.2 Chrome/63.0.3239.84 TV Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12; BRAVIA 4K VH22) "
            + KHTML
            + "Chrome/114.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 9; AFTMM) "
            + KHTML
            + "Silk/120.4.1 like Chrome/120.0.6099.230 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 11; Chromecast) "
            + KHTML
            + "Chrome/90.0.4430.225 Safari/537.36 CrKey/1.56.500000",
        "Roku/DVP-12.5 (12.5.0 build 4178)",
        "AppleTV11,1/11.1");
  }

  private static List<String> consoles() {
    return List.of(
        "Mozilla/5.0 (PlayStation; PlayStation 5/6.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15",
        "Mozilla/5.0 (PlayStation 4 11.00) AppleWebKit/605.1.15 (KHTML, like Gecko)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) "
            + KHTML
            + "Chrome/120.0.0.0 Safari/537.36 Edge/44.18363.8131",
        "Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/606.4 (KHTML, like Gecko) NF/6.0.1.16.10 NintendoBrowser/5.1.0.20393",
        "Mozilla/5.0 (Nintendo WiiU) AppleWebKit/536.30 (KHTML, like Gecko) NX/3.0.4.2.12 NintendoBrowser/4.3.1.11264.US");
  }
}
