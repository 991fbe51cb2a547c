package dev.sluice.enricher.profile;

import static dev.sluice.enricher.profile.NestedJson.key;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.page.Authority;
import dev.sluice.enricher.page.TargetParts;

/** Writes what {@code ecs} says about the request line. Not thread-safe. */
final class EcsUrl {
  private static final byte[] URL = key("url");
  private static final byte[] DOMAIN = key("domain");
  private static final byte[] EXTENSION = key("extension");
  private static final byte[] ORIGINAL = key("original");
  private static final byte[] PATH = key("path");
  private static final byte[] QUERY = key("query");
  private static final byte[] SCHEME = key("scheme");
  private static final String HTTP = "HTTP/";

  private final NestedJson json;
  private final DecodedField decoded;
  private final TargetParts target = new TargetParts();
  private final Authority authority = new Authority();

  EcsUrl(NestedJson json, DecodedField decoded) {
    this.json = json;
    this.decoded = decoded;
  }

  void append(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    json.open(URL);
    boolean absolute = false;
    if (!fields.has(Field.REQUEST_LINE)) {
      appendPath(fields.buffer(), fields.from(Field.URL_PATH), fields.to(Field.URL_PATH), fields);
    } else if (line.request().targetFrom() >= 0) {
      byte[] buffer = fields.buffer();
      int from = line.request().targetFrom();
      int to = line.request().targetTo();
      decoded.append(json, ORIGINAL, "url.original", buffer, from, to);
      if (line.request().hasTarget()) {
        absolute = appendTarget(buffer, from, to);
      }
    }
    if (!absolute) {
      decoded.append(json, DOMAIN, "url.domain", fields, Field.SERVER_NAME);
    }
    json.close();
  }

  private boolean appendTarget(byte[] buffer, int from, int to) {
    target.find(buffer, from, to);
    if (target.hasPath()) {
      byte[] text = target.pathText();
      decoded.append(json, PATH, "url.path", text, target.pathFrom(), target.pathTo());
      appendExtension(text, target.pathFrom(), target.pathTo());
    }
    if (target.hasQuery()) {
      decoded.append(json, QUERY, "url.query", buffer, target.queryFrom(), target.queryTo());
    }
    if (!authority.find(buffer, from, to)) {
      return false;
    }
    decoded.append(json, DOMAIN, "url.domain", buffer, authority.hostFrom(), authority.hostTo());
    decoded.append(json, SCHEME, "url.scheme", buffer, from, authority.schemeTo());
    return true;
  }

  private void appendPath(byte[] buffer, int from, int to, AccessLogLine fields) {
    if (!fields.isMissing(Field.URL_PATH)) {
      decoded.append(json, PATH, "url.path", buffer, from, to);
      appendExtension(buffer, from, to);
    }
    int query = fields.from(Field.QUERY);
    if (query < fields.to(Field.QUERY) && !fields.isMissing(Field.QUERY)) {
      decoded.append(json, QUERY, "url.query", buffer, query + 1, fields.to(Field.QUERY));
    }
  }

  /** What follows the last dot of the last segment, unless the name begins with it. */
  private void appendExtension(byte[] text, int from, int to) {
    int name = ByteSearch.lastIndexOf('/', text, from, to) + 1;
    int end = ByteSearch.indexOf(';', text, name, to);
    while (name < end && text[name] == '.') {
      name++;
    }
    int dot = ByteSearch.lastIndexOf('.', text, name, end);
    if (dot >= name && dot + 1 < end) {
      decoded.append(json, EXTENSION, "url.extension", text, dot + 1, end);
    }
  }

  void appendMethod(byte[] key, EnrichedLine line) {
    AccessLogLine fields = line.fields();
    if (!fields.has(Field.REQUEST_LINE)) {
      decoded.append(json, key, "http.request.method", fields, Field.METHOD);
    } else if (line.request().targetFrom() >= 0) {
      int from = fields.from(Field.REQUEST_LINE);
      int to = ByteSearch.indexOf(' ', fields.buffer(), from, fields.to(Field.REQUEST_LINE));
      json.text(key, fields.buffer(), from, to);
    }
  }

  void appendVersion(byte[] key, EnrichedLine line) {
    AccessLogLine fields = line.fields();
    Field field = fields.has(Field.REQUEST_LINE) ? Field.REQUEST_LINE : Field.PROTOCOL;
    if (fields.isMissing(field)
        || (field == Field.REQUEST_LINE && line.request().targetFrom() < 0)) {
      return;
    }
    byte[] buffer = fields.buffer();
    int to = fields.to(field);
    int from = field == Field.PROTOCOL ? fields.from(field) : line.request().targetTo();
    while (from < to && buffer[from] == ' ') {
      from++;
    }
    if (to - from > HTTP.length() && startsWithHttp(buffer, from)) {
      decoded.append(json, key, "http.version", buffer, from + HTTP.length(), to);
    }
  }

  private static boolean startsWithHttp(byte[] text, int from) {
    for (int i = 0; i < HTTP.length(); i++) {
      if (text[from + i] != HTTP.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
