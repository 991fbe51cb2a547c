package dev.sluice.enricher.format;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.CustomFormat;
import dev.sluice.enricher.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The definition of the formats: one precompiled expression each, run over the bytes as ISO 8859-1.
 *
 * <p>All quantifiers are possessive: nothing is ever tried twice, so the time is linear, and {@link
 * Pattern} runs possessive groups in a loop, so the stack stays flat whatever the line holds.
 */
public final class RegexParser implements LineParser {
  private final boolean auto;
  private final List<LayoutMatcher> layouts;

  public RegexParser(LogFormat format) {
    auto = format == BuiltInFormat.AUTO;
    layouts = layouts(format).stream().map(LayoutMatcher::new).toList();
  }

  private static List<LineLayout> layouts(LogFormat format) {
    if (format instanceof CustomFormat custom) {
      return List.of(custom.layout());
    }
    if (format == BuiltInFormat.AUTO) {
      return List.of(
          BuiltInFormat.VHOST_COMBINED.layout(),
          BuiltInFormat.COMBINED.layout(),
          BuiltInFormat.COMMON.layout());
    }
    return List.of(((BuiltInFormat) format).layout());
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to, AccessLogLine into) {
    String text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    if (!auto) {
      return layouts.get(0).parse(text, buffer, from, into);
    }
    if (VirtualHost.isAnnounced(buffer, from, to)) {
      return layouts.get(0).parse(text, buffer, from, into);
    }
    return layouts.get(1).parse(text, buffer, from, into)
        || (layouts.get(2).parse(text, buffer, from, into) && !announcesReferer(into));
  }

  /** A quote after the byte count opens a referer: the line is a broken Combined one. */
  private static boolean announcesReferer(AccessLogLine line) {
    int from = line.from(Field.EXTRA);
    return line.to(Field.EXTRA) - from > 1
        && line.buffer()[from] == ' '
        && line.buffer()[from + 1] == '"';
  }

  /** One layout with its matcher, which is used again for every line. */
  private static final class LayoutMatcher {
    private final LineLayout layout;
    private final Matcher matcher;
    private final RequestParts requestParts;

    LayoutMatcher(LineLayout layout) {
      this.layout = layout;
      matcher = layout.newMatcher();
      requestParts = layout.requestIsInParts() ? new RequestParts() : null;
    }

    boolean parse(String text, byte[] buffer, int from, AccessLogLine into) {
      into.reset(buffer);
      boolean matches = matcher.reset(text).matches();
      if (matches) {
        layout.fill(into, matcher, from);
        if (requestParts != null) {
          requestParts.join(into, from, from + text.length());
        }
      }
      matcher.reset(""); // the line is personal data, and may be large: do not hold it
      return matches;
    }
  }
}
