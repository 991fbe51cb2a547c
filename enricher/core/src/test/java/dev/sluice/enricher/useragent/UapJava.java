package dev.sluice.enricher.useragent;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import ua_parser.Client;
import ua_parser.Parser;

/** The slow twin: what uap-java itself says, and the marks searched one by one. */
final class UapJava {
  private final Parser parser;
  private final Map<DeviceTypes.Mark, Pattern> marks = new EnumMap<>(DeviceTypes.Mark.class);

  UapJava(Parser parser) {
    this.parser = parser;
    for (DeviceTypes.Mark mark : DeviceTypes.Mark.values()) {
      marks.put(mark, Pattern.compile(mark.regex()));
    }
  }

  ParsedUserAgent parse(String text) {
    Client client = parser.parse(text);
    return new ParsedUserAgent(
        new Product(
            client.userAgent.family,
            client.userAgent.major,
            client.userAgent.minor,
            client.userAgent.patch,
            null),
        new Product(
            client.os.family,
            client.os.major,
            client.os.minor,
            client.os.patch,
            client.os.patchMinor),
        client.device.family);
  }

  Classification classify(String text) {
    try {
      return classification(text, parse(text));
    } catch (RuntimeException e) {
      return Classification.UNKNOWN;
    }
  }

  /** What the classifier must make of the parser's answer. */
  Classification classification(String text, ParsedUserAgent parsed) {
    return DeviceTypes.classify(text, mark -> marks.get(mark).matcher(text).find(), parsed);
  }
}
