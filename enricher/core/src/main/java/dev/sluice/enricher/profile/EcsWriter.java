package dev.sluice.enricher.profile;

import static dev.sluice.enricher.profile.NestedJson.key;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.EventTime;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.Address;
import java.nio.charset.StandardCharsets;

/**
 * The {@code ecs} profile: Elastic Common Schema, nested and typed, escapes of the log decoded.
 * What ECS has no field for is under {@code sluice}.
 *
 * @see <a href="https://www.elastic.co/guide/en/ecs/8.17/ecs-field-reference.html">ECS Field
 *     Reference</a>
 */
final class EcsWriter implements ProfileWriter {
  /** The version of ECS whose names and types are written. */
  static final String ECS_VERSION = "8.17.0";

  private static final byte[] TIMESTAMP = key("@timestamp");
  private static final byte[] ECS = key("ecs");
  private static final byte[] VERSION_OBJECT = ascii("{\"version\":\"" + ECS_VERSION + "\"}");
  private static final byte[] EVENT = key("event");
  private static final byte[] CATEGORY = key("category");
  private static final byte[] WEB = ascii("[\"web\"]");
  private static final byte[] KIND = key("kind");
  private static final byte[] EVENT_KIND = ascii("\"event\"");
  private static final byte[] OUTCOME = key("outcome");
  private static final byte[] SUCCESS = ascii("\"success\"");
  private static final byte[] FAILURE = ascii("\"failure\"");
  private static final byte[] TYPE = key("type");
  private static final byte[] ACCESS = ascii("[\"access\"]");
  private static final byte[] ID = key("id");
  private static final byte[] SOURCE = key("source");
  private static final byte[] ADDRESS = key("address");
  private static final byte[] IP = key("ip");
  private static final byte[] DOMAIN = key("domain");
  private static final byte[] HTTP = key("http");
  private static final byte[] VERSION = key("version");
  private static final byte[] REQUEST = key("request");
  private static final byte[] METHOD = key("method");
  private static final byte[] REFERRER = key("referrer");
  private static final byte[] RESPONSE = key("response");
  private static final byte[] STATUS_CODE = key("status_code");
  private static final byte[] BODY = key("body");
  private static final byte[] BYTES = key("bytes");
  private static final byte[] USER = key("user");
  private static final byte[] NAME = key("name");
  private static final byte[] LABELS = key("labels");
  private static final byte[] USER_AGENT = key("user_agent");
  private static final byte[] ORIGINAL = key("original");

  private final OutputSettings settings;
  private final NestedJson json = new NestedJson();
  private final EventTime time = new EventTime();
  private final OutputBuffer text = new OutputBuffer();
  private final DecodedField decoded = new DecodedField();
  private final EcsUrl url = new EcsUrl(json, decoded);
  private final EcsOwnFields own = new EcsOwnFields(json);
  private final byte[] labels;

  EcsWriter(OutputSettings settings) {
    this.settings = settings;
    labels = Tags.render(settings.tags());
  }

  @Override
  public void append(EnrichedLine line, OutputBuffer out) {
    AccessLogLine fields = line.fields();
    decoded.begin(line.warnings());
    json.begin(out);
    appendTime(fields);
    json.raw(ECS, VERSION_OBJECT);
    appendEvent(line);
    appendSource(line);
    url.append(line);
    appendHttp(line);
    json.open(USER);
    decoded.append(json, NAME, "user.name", fields, Field.USER);
    json.close();
    if (settings.groups().contains(OutputGroup.TAGS)) {
      json.raw(LABELS, labels);
    }
    json.open(USER_AGENT);
    json.members(line.userAgent().json());
    decoded.append(json, ORIGINAL, "user_agent.original", fields, Field.USER_AGENT);
    json.close();
    own.append(line, decoded, settings.groups().contains(OutputGroup.QUALITY));
    json.end();
  }

  private void appendTime(AccessLogLine fields) {
    if (fields.has(Field.TIMESTAMP)
        && time.read(fields.buffer(), fields.from(Field.TIMESTAMP), fields.to(Field.TIMESTAMP))) {
      text.clear();
      time.appendIso(text);
      json.text(TIMESTAMP, text.array(), 0, text.length());
    }
  }

  private void appendEvent(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    json.open(EVENT);
    json.raw(CATEGORY, WEB);
    if (settings.groups().contains(OutputGroup.EVENT_ID)) {
      text.clear();
      if (EventId.append(line.position(), text)) {
        json.text(ID, text.array(), 0, text.length());
      }
    }
    json.raw(KIND, EVENT_KIND);
    if (!fields.isMissing(Field.STATUS)) {
      byte first = fields.buffer()[fields.from(Field.STATUS)];
      if (first != '0') {
        json.raw(OUTCOME, first < '4' ? SUCCESS : FAILURE);
      }
    }
    json.raw(TYPE, ACCESS);
    json.close();
  }

  private void appendSource(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    json.open(SOURCE);
    if (!fields.isMissing(Field.REMOTE_HOST)) {
      byte[] buffer = fields.buffer();
      int from = fields.from(Field.REMOTE_HOST);
      int to = fields.to(Field.REMOTE_HOST);
      line.warnings().addUnless(json.text(ADDRESS, buffer, from, to), Warning.INVALID_UTF8);
      int bareFrom = HostAddress.from(buffer, from, to);
      int bareTo = HostAddress.to(buffer, from, to);
      if (Address.isLiteral(buffer, bareFrom, bareTo)) {
        json.text(IP, buffer, bareFrom, bareTo);
        if (line.hostName().length > 0) {
          json.raw(DOMAIN, line.hostName());
        }
      } else if (ByteSearch.indexOf(':', buffer, from, to) == to) {
        json.text(DOMAIN, buffer, from, to); // neither a local socket nor an address with a zone
      }
    }
    json.members(line.place());
    json.members(line.autonomousSystem());
    json.close();
  }

  private void appendHttp(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    json.open(HTTP);
    json.open(REQUEST);
    url.appendMethod(METHOD, line);
    decoded.append(json, REFERRER, "http.request.referrer", fields, Field.REFERER);
    json.close();
    json.open(RESPONSE);
    json.open(BODY);
    appendNumber(BYTES, fields, Field.BYTES);
    json.close();
    appendNumber(STATUS_CODE, fields, Field.STATUS);
    json.close();
    url.appendVersion(VERSION, line);
    json.close();
  }

  private void appendNumber(byte[] key, AccessLogLine fields, Field field) {
    if (!fields.isMissing(field)) {
      json.number(key, fields.buffer(), fields.from(field), fields.to(field));
    }
  }

  private static byte[] ascii(String value) {
    return value.getBytes(StandardCharsets.US_ASCII);
  }
}
