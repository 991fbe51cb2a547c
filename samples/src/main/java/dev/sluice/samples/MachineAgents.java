package dev.sluice.samples;

import dev.sluice.samples.UserAgents.Family;
import dev.sluice.samples.UserAgents.Reader;
import java.util.List;

/** User agents of crawlers, feed readers, tools and libraries, {@code -} among them. */
final class MachineAgents {

  private MachineAgents() {}

  static List<Family> families() {
    return List.of(
        new Family(Reader.CRAWLER, 7, crawlers()),
        new Family(Reader.TOOL, 4, tools()),
        new Family(Reader.FEED_READER, 1.2, feedReaders()));
  }

  private static List<String> crawlers() {
    return List.of(
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.7339.207 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot; help@moz.com)",
        "Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)",
        "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)",
        "Googlebot-Image/1.0",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Twitterbot/1.0",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "CCBot/2.0 (https://commoncrawl.org/faq/)",
        "Mozilla/5.0 (compatible; PetalBot;+https://webmaster.petalsearch.com/site/petalbot)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
        "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "ia_archiver (+http://www.alexa.com/site/help/webmasters; crawler@alexa.com)");
  }

  private static List<String> feedReaders() {
    return List.of(
        "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like FeedFetcher-Google)",
        "Mozilla/5.0 (compatible; inoreader.com; 17 subscribers)",
        "NewsBlur Feed Fetcher - 8 subscribers - http://www.newsblur.com",
        "Tiny Tiny RSS/24.06 (http://tt-rss.org/)",
        "Feedbin feed-id:1234567 - 3 subscribers",
        "NetNewsWire (RSS Reader; https://netnewswire.com/)",
        "Liferea/1.15.6 (Linux; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)",
        "FreshRSS/1.24.3 (Linux; https://freshrss.org)",
        "UniversalFeedParser/6.0.11 +https://github.com/kurtmckee/feedparser/");
  }

  private static List<String> tools() {
    return List.of(
        "curl/8.5.0",
        "-",
        "python-requests/2.32.3",
        "Go-http-client/2.0",
        "okhttp/4.12.0",
        "Wget/1.21.4",
        "curl/8.14.1",
        "curl/7.88.1",
        "curl/7.81.0",
        "curl/7.68.0",
        "curl/7.29.0",
        "Apache-HttpClient/4.5.14 (Java/17.0.12)",
        "Java-http-client/21.0.4",
        "Java/1.8.0_402",
        "axios/1.7.7",
        "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
        "python-urllib3/2.2.2",
        "Python/3.11 aiohttp/3.9.5",
        "Go-http-client/1.1",
        "PostmanRuntime/7.42.0",
        "libwww-perl/6.77",
        "Ruby",
        "GuzzleHttp/7",
        "HTTPie/3.2.2",
        "Scrapy/2.11.2 (+https://scrapy.org)",
        "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP2A.240905.003)",
        "MyShop/412 CFNetwork/1498.700.2 Darwin/23.6.0",
        "ELB-HealthChecker/2.0",
        "kube-probe/1.30",
        "Mozilla/5.0 zgrab/0.x",
        "masscan/1.3 (https://github.com/robertdavidgraham/masscan)",
        "Mozilla/5.0");
  }
}
