package dev.sluice.enricher.profile;

import static dev.sluice.enricher.profile.NestedJson.key;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.AddressBits;
import dev.sluice.enricher.geo.AddressKind;
import dev.sluice.enricher.page.Authority;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.useragent.UserAgentFragment;
import java.nio.charset.StandardCharsets;

/** Writes the object {@code sluice} of {@code ecs}: what ECS has no field for. Not thread-safe. */
final class EcsOwnFields {
  private static final byte[] SLUICE = key("sluice");
  private static final byte[] ADDRESS_KIND = key("address_kind");
  private static final byte[] BOT_REASON = key("bot_reason");
  private static final byte[] DEVICE_TYPE = key("device_type");
  private static final byte[] ENRICHMENT_ERRORS = key("enrichment_errors");
  private static final byte[] IDENTITY = key("identity");
  private static final byte[] IS_BOT = key("is_bot");
  private static final byte[] QUALITY = key("quality");
  private static final byte[] REFERENCE = key("reference");
  private static final byte[] REFERER = key("referer");
  private static final byte[] REFERING_PAGE = key("refering_page");
  private static final byte[] UNDECODED = key("undecoded");
  private static final byte[] WARNINGS = key("warnings");
  private static final byte[] WEBPAGE = key("webpage");

  private final NestedJson json;
  private final AddressBits address = new AddressBits();
  private final Authority referer = new Authority();
  private final Authority target = new Authority();
  private final QualityGroup quality = new QualityGroup();

  EcsOwnFields(NestedJson json) {
    this.json = json;
  }

  void append(EnrichedLine line, DecodedField decoded, boolean withQuality) {
    AccessLogLine fields = line.fields();
    json.open(SLUICE);
    appendAddressKind(fields);
    appendUserAgent(line.userAgent());
    decoded.append(json, IDENTITY, "sluice.identity", fields, Field.IDENTITY);
    if (line.reference().length > 0) {
      json.raw(REFERENCE, line.reference());
    }
    appendReferer(line);
    appendPage(REFERING_PAGE, line.referingPage());
    appendPage(WEBPAGE, line.webpage());
    appendIfAny(UNDECODED, decoded.undecoded());
    if (withQuality) {
      quality.find(line);
      json.raw(QUALITY, quality.status());
      appendIfAny(WARNINGS, quality.warnings());
      appendIfAny(ENRICHMENT_ERRORS, quality.errors());
    }
    json.close();
  }

  private void appendAddressKind(AccessLogLine fields) {
    if (fields.has(Field.REMOTE_HOST)
        && HostAddress.parse(
            fields.buffer(),
            fields.from(Field.REMOTE_HOST),
            fields.to(Field.REMOTE_HOST),
            address)) {
      word(ADDRESS_KIND, AddressKind.of(address.high(), address.low()).label());
    }
  }

  private void appendUserAgent(UserAgentFragment userAgent) {
    if (userAgent == UserAgentFragment.NOTHING) {
      return;
    }
    if (userAgent.isBot()) {
      word(BOT_REASON, userAgent.botReason().label());
    }
    word(DEVICE_TYPE, userAgent.deviceType().label());
    json.raw(IS_BOT, ascii(Boolean.toString(userAgent.isBot())));
  }

  /** Only where the log says which host was asked. */
  private void appendReferer(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    byte[] buffer = fields.buffer();
    if (fields.isMissing(Field.REFERER)
        || !referer.find(buffer, fields.from(Field.REFERER), fields.to(Field.REFERER))) {
      return;
    }
    boolean absolute =
        fields.has(Field.REQUEST_LINE)
            && line.request().hasTarget()
            && target.find(buffer, line.request().targetFrom(), line.request().targetTo());
    if (!absolute && fields.isMissing(Field.SERVER_NAME)) {
      return;
    }
    int from = absolute ? target.hostFrom() : fields.from(Field.SERVER_NAME);
    int to = absolute ? target.hostTo() : fields.to(Field.SERVER_NAME);
    boolean same = equalHosts(buffer, from, to, referer.hostFrom(), referer.hostTo());
    word(REFERER, same ? "internal" : "external");
  }

  private static boolean equalHosts(byte[] text, int from, int to, int otherFrom, int otherTo) {
    if (to - from != otherTo - otherFrom) {
      return false;
    }
    for (int i = 0; i < to - from; i++) {
      if (Character.toLowerCase(text[from + i]) != Character.toLowerCase(text[otherFrom + i])) {
        return false;
      }
    }
    return true;
  }

  private void appendPage(byte[] key, PageName page) {
    if (page.isPresent()) {
      json.text(key, page.buffer(), page.from(), page.to());
    }
  }

  private void appendIfAny(byte[] key, byte[] value) {
    if (value != null) {
      json.raw(key, value);
    }
  }

  private void word(byte[] key, String value) {
    json.raw(key, ascii('"' + value + '"'));
  }

  private static byte[] ascii(String value) {
    return value.getBytes(StandardCharsets.US_ASCII);
  }
}
