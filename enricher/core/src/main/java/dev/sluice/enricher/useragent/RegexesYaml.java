package dev.sluice.enricher.useragent;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import ua_parser.Parser;

/** Reads a regexes.yaml of ua-parser, and refuses what uap-java refuses. */
final class RegexesYaml {
  private RegexesYaml() {}

  /**
   * All expressions in their order, first those for the user agent, then system, then device.
   *
   * @throws RuntimeException of any type, if the stream is no such list
   */
  static List<Expression> read(InputStream in) {
    Map<?, ?> lists = new Yaml(new SafeConstructor(Parser.getDefaultLoaderOptions())).load(in);
    var expressions = new ArrayList<Expression>();
    for (Object entry : list(lists, "user_agent_parsers")) {
      expressions.add(userAgent((Map<?, ?>) entry));
    }
    for (Object entry : list(lists, "os_parsers")) {
      expressions.add(os((Map<?, ?>) entry));
    }
    for (Object entry : list(lists, "device_parsers")) {
      expressions.add(device((Map<?, ?>) entry));
    }
    return expressions;
  }

  private static List<?> list(Map<?, ?> lists, String key) {
    if (lists.get(key) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(key + " is missing");
  }

  private static Expression userAgent(Map<?, ?> entry) {
    return new Expression(
        ExpressionKind.USER_AGENT,
        regex(entry),
        false,
        text(entry, "family_replacement"),
        text(entry, "v1_replacement"),
        text(entry, "v2_replacement"),
        null); // uap-java reads no v3_replacement
  }

  private static Expression os(Map<?, ?> entry) {
    return new Expression(
        ExpressionKind.OS,
        regex(entry),
        false,
        text(entry, "os_replacement"),
        text(entry, "os_v1_replacement"),
        text(entry, "os_v2_replacement"),
        text(entry, "os_v3_replacement"));
  }

  private static Expression device(Map<?, ?> entry) {
    return new Expression(
        ExpressionKind.DEVICE,
        regex(entry),
        "i".equals(entry.get("regex_flag")),
        text(entry, "device_replacement"),
        null,
        null,
        null);
  }

  private static String regex(Map<?, ?> entry) {
    String regex = text(entry, "regex");
    if (regex == null) {
      throw new IllegalArgumentException("an entry without regex");
    }
    return regex;
  }

  private static String text(Map<?, ?> entry, String key) {
    return (String) entry.get(key);
  }
}
