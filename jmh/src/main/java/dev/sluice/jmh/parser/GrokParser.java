package dev.sluice.jmh.parser;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** java-grok with the pattern that it ships for Combined lines. */
final class GrokParser implements FieldParser {
  private final Grok grok;
  private Map<String, Object> fields = Map.of();

  GrokParser() {
    GrokCompiler compiler = GrokCompiler.newInstance();
    compiler.registerDefaultPatterns();
    grok = compiler.compile("%{COMBINEDAPACHELOG}");
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to) {
    fields = grok.capture(new String(buffer, from, to - from, StandardCharsets.UTF_8));
    return !fields.isEmpty();
  }

  @Override
  public String text(CombinedField field) {
    String name =
        switch (field) {
          case HOST -> "clientip";
          case TIMESTAMP -> "timestamp";
          case STATUS -> "response";
          case BYTES -> "bytes";
          case REFERER -> "referrer";
          case USER_AGENT -> "agent";
        };
    Object value = fields.get(name);
    if (value == null) {
      return "-";
    }
    String text = value.toString();
    return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }
}
