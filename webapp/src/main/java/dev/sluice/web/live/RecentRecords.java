package dev.sluice.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the page shows of enriched lines, of either profile: no address, no user, no query and no
 * user agent, which are personal data.
 */
final class RecentRecords {

  private static final int MAX_SHOWN = 20;
  private static final int MAX_COUNTRIES = 8;
  private static final int MAX_TEXT_CHARS = 200;
  private static final Pattern PROTOCOL = Pattern.compile(" HTTP/[0-9.]+$");
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private RecentRecords() {}

  /**
   * The newest records first, and how often countries stand in all of them.
   *
   * @param lines JSON, the newest last; what is none is left out
   */
  static ObjectNode json(List<String> lines) {
    ArrayNode records = JsonNodeFactory.instance.arrayNode();
    var countries = new HashMap<String, Integer>();
    int read = 0;
    for (int i = lines.size() - 1; i >= 0; i--) {
      JsonNode line = parsed(lines.get(i));
      if (line.isObject()) {
        read++;
        String country = text(line, "country", "/source/geo/country_name");
        if (!country.isEmpty()) {
          countries.merge(country, 1, Integer::sum);
        }
        if (records.size() < MAX_SHOWN) {
          records.add(shown(line, country));
        }
      }
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("lines", read);
    json.set("records", records);
    ArrayNode top = json.putArray("countries");
    countries.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_COUNTRIES)
        .forEach(entry -> top.addArray().add(entry.getKey()).add(entry.getValue()));
    return json;
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException noJson) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private static ObjectNode shown(JsonNode line, String country) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("time", text(line, "datetime", "/@timestamp"))
        .put("country", country)
        .put("city", text(line, "city", "/source/geo/city_name"))
        .put("request", request(line))
        .put("status", text(line, "response", "/http/response/status_code"))
        .put("browser", text(line, "browser", "/user_agent/name"))
        .put("device", text(line, "device_type", "/user_agent/device/type"));
  }

  /**
   * Method and path; what follows a question mark may be anything, and the protocol says little.
   */
  private static String request(JsonNode line) {
    String request = text(line, "request", "/url/path");
    int query = request.indexOf('?');
    return query < 0 ? PROTOCOL.matcher(request).replaceFirst("") : request.substring(0, query);
  }

  private static String text(JsonNode line, String flatKey, String ecsPath) {
    JsonNode value = line.path(flatKey);
    if (!value.isValueNode()) {
      value = line.at(ecsPath);
    }
    String text = value.isValueNode() ? value.asText() : "";
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS) + "…";
  }
}
