package dev.sluice.jmh.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sluice.enricher.OutputBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Its matcher and its generator serve line after line. */
final class GoodWorker implements Pipeline.Worker {
  private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
  private static final Pattern COMBINED =
      Pattern.compile(
          "([^ ]++) [^ ]++ [^\\[]++\\[([^\\]]++)\\] " // host, identity, user, timestamp
              + QUOTED // request
              + " (\\d{3}) (\\d++|-) " // status, bytes
              + QUOTED // referer
              + " "
              + QUOTED); // user agent

  private static final SerializableString HOST = new SerializedString("host");
  private static final SerializableString DATETIME = new SerializedString("datetime");
  private static final SerializableString REQUEST = new SerializedString("request");
  private static final SerializableString RESPONSE = new SerializedString("response");
  private static final SerializableString BYTES = new SerializedString("bytes");
  private static final SerializableString REFERER = new SerializedString("referer");
  private static final SerializableString AGENT = new SerializedString("agent");
  private static final SerializableString CITY = new SerializedString("city");
  private static final SerializableString COUNTRY = new SerializedString("country");
  private static final SerializableString LOCATION = new SerializedString("location");
  private static final SerializableString LAT = new SerializedString("lat");
  private static final SerializableString LON = new SerializedString("lon");
  private static final SerializableString OS = new SerializedString("os");
  private static final SerializableString BROWSER = new SerializedString("browser");
  private static final SerializableString DEVICE_TYPE = new SerializedString("device_type");
  private static final SerializableString WEBPAGE = new SerializedString("webpage");
  private static final SerializableString REFERING_PAGE = new SerializedString("refering_page");

  private final GoodPipeline shared;
  private final Matcher line = COMBINED.matcher("");
  private final JsonGenerator json;
  private OutputBuffer out;

  GoodWorker(GoodPipeline shared, JsonFactory factory) throws IOException {
    this.shared = shared;
    json = factory.createGenerator(new Target());
    json.setRootValueSeparator(null);
  }

  /** Where the generator's bytes go: the buffer of the line being written. */
  private final class Target extends OutputStream {
    @Override
    public void write(int b) {
      out.append((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      out.append(bytes, offset, offset + length);
    }
  }

  @Override
  public boolean enrich(byte[] buffer, int from, int to, OutputBuffer target) {
    line.reset(new String(buffer, from, to - from, StandardCharsets.UTF_8));
    if (!line.matches()) {
      return false;
    }
    out = target;
    try {
      write();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  private void write() throws IOException {
    String host = line.group(1);
    String request = line.group(3);
    String referer = line.group(6);
    String agent = line.group(7);
    json.writeStartObject();
    write(HOST, host);
    write(DATETIME, line.group(2));
    write(REQUEST, request);
    write(RESPONSE, line.group(4));
    writeUnlessDash(BYTES, line.group(5));
    writeUnlessDash(REFERER, referer);
    writeUnlessDash(AGENT, agent);
    writePlace(shared.place(host));
    GoodPipeline.UserAgent userAgent = shared.userAgent(agent);
    write(OS, userAgent.os());
    write(BROWSER, userAgent.browser());
    write(DEVICE_TYPE, userAgent.deviceType());
    writeUnlessNull(WEBPAGE, PageNames.ofRequest(request));
    writeUnlessNull(REFERING_PAGE, PageNames.ofUri(referer));
    json.writeEndObject();
  }

  private void writePlace(GoodPipeline.Place place) throws IOException {
    writeUnlessNull(CITY, place.city());
    writeUnlessNull(COUNTRY, place.country());
    if (place.hasLocation()) {
      json.writeFieldName(LOCATION);
      json.writeStartObject();
      json.writeFieldName(LAT);
      json.writeNumber(place.latitude());
      json.writeFieldName(LON);
      json.writeNumber(place.longitude());
      json.writeEndObject();
    }
  }

  private void write(SerializableString key, String value) throws IOException {
    json.writeFieldName(key);
    json.writeString(value);
  }

  private void writeUnlessDash(SerializableString key, String value) throws IOException {
    if (!value.equals("-")) {
      write(key, value);
    }
  }

  private void writeUnlessNull(SerializableString key, String value) throws IOException {
    if (value != null) {
      write(key, value);
    }
  }
}
