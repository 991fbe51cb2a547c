package dev.sluice.jmh.pipeline;

import java.util.Set;
import java.util.regex.Pattern;
import ua_parser.Client;

/** The device table of docs/format.md on ua-parser's answers, for the neighbours. */
public final class DeviceTable {
  private static final Pattern ROBOT_NAME =
      Pattern.compile(
          "bot\\b|crawl|spider|slurp|externalhit|^Pingdom|^StatusCake", Pattern.CASE_INSENSITIVE);
  private static final Pattern ROBOT_TEXT =
      Pattern.compile(
          "feed ?fetcher|feedparser|feedburner|\\bfeedly/|\\bembedly\\b|\\bezooms/|megaindex"
              + "|\\bzgrab/|censysinspect|health-?checke?r?|kube-probe",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TV =
      Pattern.compile(
          "smart-?tv|apple ?tv|google ?tv|android ?tv|hbbtv|bravia|netcast|web0s|webos\\.tv"
              + "|\\bcrkey\\b|\\broku\\b|viera|\\baquos ?tv|\\btizen\\b.{0,40}\\btv\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FIRE_TV = Pattern.compile("; AFT[A-Z]{1,5}\\b");
  private static final Pattern CONSOLE =
      Pattern.compile("playstation|\\bxbox\\b|nintendo", Pattern.CASE_INSENSITIVE);

  private static final Set<String> TV_SYSTEMS =
      Set.of(
          "tvOS", "ATV OS X", "Chromecast", "Roku", "FireHbbTV", "HbbTV", "GoogleTV", "Android TV");
  private static final Set<String> PHONES =
      Set.of("iPhone", "iPod", "Generic Smartphone", "Generic Feature Phone");
  private static final Pattern PHONE_SYSTEM =
      Pattern.compile(
          "Android|iOS|Windows (?:Phone|Mobile|CE)|BlackBerry OS|Symbian.*|Nokia Series .*"
              + "|Firefox OS|KaiOS|Bada|Brew MP|MeeGo|Maemo|HarmonyOS|Sailfish|webOS|WatchOS"
              + "|Tizen");
  private static final Pattern DESKTOP_SYSTEM =
      Pattern.compile(
          "Windows|Mac OS(?: X)?|(?:Arch )?Linux(?: Mint)?|Chrome OS|[KLX]?[Uu]buntu|Debian"
              + "|Fedora|Red Hat|CentOS|(?:open)?SUSE|Gentoo|Slackware|Mandriva|PCLinuxOS|Puppy"
              + "|(?:Free|Open|Net|DragonFly )BSD|Solaris|Haiku");

  private DeviceTable() {}

  /** The device type of a user agent that ua-parser has looked at. */
  public static String typeOf(String agent, Client client) {
    String system = client.os.family;
    String device = client.device.family;
    if (device.equals("Spider")
        || ROBOT_NAME.matcher(client.userAgent.family).find()
        || ROBOT_TEXT.matcher(agent).find()) {
      return "bot";
    }
    if (TV_SYSTEMS.contains(system) || TV.matcher(agent).find() || FIRE_TV.matcher(agent).find()) {
      return "tv";
    }
    if (CONSOLE.matcher(agent).find()) {
      return "console";
    }
    if (device.startsWith("iPad")
        || device.startsWith("Kindle")
        || system.equals("BlackBerry Tablet OS")
        || system.equals("Android") && !agent.contains("Mobile")) {
      return "tablet";
    }
    if (PHONES.contains(device) || PHONE_SYSTEM.matcher(system).matches()) {
      return "mobile";
    }
    return DESKTOP_SYSTEM.matcher(system).matches() ? "desktop" : "other";
  }
}
