package dev.sluice.enricher.useragent;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The table that decides the device type; the first row that holds wins. docs/format.md shows the
 * same rows in the same order.
 */
final class DeviceTypes {
  /** What the text of a user agent itself can say. */
  enum Mark {
    /**
     * Robots that ua-parser does not know: feed fetchers, link previews, scanners, health checks.
     */
    BOT(
        "(?i)feed ?fetcher|feedparser|feedburner|\\bfeedly/|\\bembedly\\b|\\bezooms/|megaindex"
            + "|\\bzgrab/|censysinspect|healthchecker|health-check|kube-probe"),
    TV(
        "(?i)smart-?tv|apple ?tv|google ?tv|android ?tv|hbbtv|bravia|netcast|web0s|\\bcrkey\\b"
            + "|\\broku\\b|viera|\\baquos ?tv|\\btizen\\b.{0,40}\\btv\\b|webos\\.tv|(?-i:; AFT[A-Z]{1,5}\\b)"),
    CONSOLE("(?i)playstation|\\bxbox\\b|nintendo");

    private final String regex;

    Mark(String regex) {
      this.regex = regex;
    }

    /** A user agent has the mark if this is found in it. */
    String regex() {
      return regex;
    }
  }

  /** Robots that ua-parser names as a browser without calling the device a spider. */
  private static final Pattern BOT_BROWSER =
      Pattern.compile("(?i)bot\\b|crawl|spider|slurp|externalhit|^(?:Pingdom|StatusCake)");

  private static final Set<String> TV_SYSTEMS =
      Set.of(
          "ATV OS X", "tvOS", "Chromecast", "FireHbbTV", "HbbTV", "GoogleTV", "Roku", "Android TV");

  private static final Set<String> PHONE_SYSTEMS =
      Set.of(
          "Android",
          "iOS",
          "Windows Phone",
          "Windows Mobile",
          "Windows CE",
          "BlackBerry OS",
          "Symbian OS",
          "Symbian^3",
          "Symbian^3 Anna",
          "Symbian^3 Belle",
          "Nokia Series 30 Plus",
          "Nokia Series 40",
          "Firefox OS",
          "KaiOS",
          "Bada",
          "Brew MP",
          "MeeGo",
          "Maemo",
          "HarmonyOS",
          "Sailfish",
          "webOS",
          "WatchOS",
          "Tizen");
  private static final Set<String> PHONE_DEVICES =
      Set.of("iPhone", "iPod", "Generic Smartphone", "Generic Feature Phone");

  private static final Set<String> DESKTOP_SYSTEMS =
      Set.of(
          "Windows",
          "Mac OS X",
          "Mac OS",
          "Linux",
          "Chrome OS",
          "Ubuntu",
          "Kubuntu",
          "Lubuntu",
          "Xubuntu",
          "Debian",
          "Fedora",
          "Red Hat",
          "CentOS",
          "SUSE",
          "openSUSE",
          "Gentoo",
          "Slackware",
          "Mandriva",
          "Arch Linux",
          "Linux Mint",
          "PCLinuxOS",
          "Puppy",
          "FreeBSD",
          "OpenBSD",
          "NetBSD",
          "DragonFly BSD",
          "Solaris",
          "Haiku");

  private DeviceTypes() {}

  /**
   * @param text the user agent itself
   * @param marks tells which marks the text has
   */
  static Classification classify(String text, Predicate<Mark> marks, ParsedUserAgent parsed) {
    BotReason botReason = botReason(marks, parsed);
    DeviceType type = botReason != null ? DeviceType.BOT : withoutBots(text, marks, parsed);
    return new Classification(parsed, type, botReason, true);
  }

  private static BotReason botReason(Predicate<Mark> marks, ParsedUserAgent parsed) {
    if (parsed.device().equals("Spider")) {
      return BotReason.DEVICE_FAMILY;
    }
    if (BOT_BROWSER.matcher(parsed.browser().family()).find()) {
      return BotReason.BROWSER_FAMILY;
    }
    return marks.test(Mark.BOT) ? BotReason.MARK : null;
  }

  private static DeviceType withoutBots(
      String text, Predicate<Mark> marks, ParsedUserAgent parsed) {
    String system = parsed.os().family();
    String device = parsed.device();
    if (TV_SYSTEMS.contains(system) || marks.test(Mark.TV)) {
      return DeviceType.TV;
    }
    if (marks.test(Mark.CONSOLE)) {
      return DeviceType.CONSOLE;
    }
    if (device.startsWith("iPad")
        || device.startsWith("Kindle")
        || system.equals("BlackBerry Tablet OS")
        || (system.equals("Android") && !text.contains("Mobile"))) {
      return DeviceType.TABLET;
    }
    if (PHONE_DEVICES.contains(device) || PHONE_SYSTEMS.contains(system)) {
      return DeviceType.MOBILE;
    }
    return DESKTOP_SYSTEMS.contains(system) ? DeviceType.DESKTOP : DeviceType.OTHER;
  }
}
