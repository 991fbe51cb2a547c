package dev.sluice.jmh.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.AddressNotFoundException;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import dev.sluice.enricher.OutputBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ua_parser.Client;
import ua_parser.Parser;

/** The idiomatic expression, GeoIP2's {@code city}, uap-java and databind; nothing is cached. */
final class NaivePipeline implements Pipeline {
  private static final Pattern COMBINED =
      Pattern.compile(
          "^(\\S+) (\\S+) (.+?) \\[([\\w:/]+\\s[+\\-]\\d{4})\\] \"(.*?)\" (\\d{3}) (\\d+|-)"
              + " \"(.*?)\" \"(.*?)\"$");

  private final DatabaseReader geo;
  private final Parser userAgents = new Parser();
  private final ObjectMapper mapper = new ObjectMapper();

  NaivePipeline(Path geoDatabase) {
    try {
      geo = new DatabaseReader.Builder(geoDatabase.toFile()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Worker newWorker() {
    return this::enrich;
  }

  private boolean enrich(byte[] buffer, int from, int to, OutputBuffer out) {
    Matcher line = COMBINED.matcher(new String(buffer, from, to - from, StandardCharsets.UTF_8));
    if (!line.matches()) {
      return false;
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("host", line.group(1));
    json.put("datetime", line.group(4));
    json.put("request", line.group(5));
    json.put("response", line.group(6));
    putUnlessDash(json, "bytes", line.group(7));
    putUnlessDash(json, "referer", line.group(8));
    putUnlessDash(json, "agent", line.group(9));
    putPlace(json, line.group(1));
    putUserAgent(json, line.group(9));
    putUnlessNull(json, "webpage", PageNames.ofRequest(line.group(5)));
    putUnlessNull(json, "refering_page", PageNames.ofUri(line.group(8)));
    try {
      out.append(mapper.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
    return true;
  }

  private void putPlace(Map<String, Object> json, String host) {
    if (!Addresses.isLiteral(host)) {
      return;
    }
    try {
      CityResponse city = geo.city(InetAddress.getByName(host));
      putUnlessNull(json, "city", city.city().name());
      putUnlessNull(json, "country", city.country().name());
      if (city.location().latitude() != null && city.location().longitude() != null) {
        var location = new LinkedHashMap<String, Double>();
        location.put("lat", city.location().latitude());
        location.put("lon", city.location().longitude());
        json.put("location", location);
      }
    } catch (AddressNotFoundException e) {
      // an address that nobody has located
    } catch (IOException | GeoIp2Exception e) {
      throw new IllegalStateException("the benchmark's database is broken", e);
    }
  }

  private void putUserAgent(Map<String, Object> json, String agent) {
    if (agent.equals("-")) {
      json.put("os", "Other");
      json.put("browser", "Other");
      json.put("device_type", "other");
      return;
    }
    Client client = userAgents.parse(agent);
    json.put("os", client.os.family);
    json.put("browser", client.userAgent.family);
    json.put("device_type", DeviceTable.typeOf(agent, client));
  }

  private static void putUnlessDash(Map<String, Object> json, String key, String value) {
    if (!value.equals("-")) {
      json.put(key, value);
    }
  }

  private static void putUnlessNull(Map<String, Object> json, String key, String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  @Override
  public void close() {
    try {
      geo.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
