package dev.sluice.enricher.flat;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.KeptKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Takes out of a record what is no field of a log. Not thread-safe. */
final class KeptKeysReader {
  private static final List<FlatKey> PLACE =
      List.of(FlatKey.CITY, FlatKey.COUNTRY, FlatKey.LOCATION);
  private static final List<FlatKey> AUTONOMOUS_SYSTEM =
      List.of(FlatKey.ASN, FlatKey.AS_ORGANIZATION);
  private static final List<FlatKey> USER_AGENT =
      List.of(FlatKey.OS, FlatKey.BROWSER, FlatKey.DEVICE_TYPE);
  private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BOT = "bot".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

  private final OutputBuffer members = new OutputBuffer();
  private FlatRecord record;

  void read(FlatRecord newRecord, KeptKeys kept) {
    record = newRecord;
    kept.clear();
    for (FlatKey key : FlatKey.values()) {
      if (record.has(key)) {
        key.group().ifPresent(kept::add);
      }
    }
    readWarnings(kept);
    if (record.has(FlatKey.EVENT_ID)) {
      kept.eventId(record.json(FlatKey.EVENT_ID));
    }
    if (record.has(FlatKey.TAGS)) {
      kept.tags(record.json(FlatKey.TAGS));
    }
    if (record.has(FlatKey.HOST_NAME)) {
      kept.hostName(record.json(FlatKey.HOST_NAME));
    }
    if (record.has(FlatKey.REFERENCE)) {
      kept.reference(record.json(FlatKey.REFERENCE));
    }
    kept.place(members(PLACE));
    kept.autonomousSystem(members(AUTONOMOUS_SYSTEM));
    byte[] userAgent = members(USER_AGENT);
    kept.userAgent(userAgent, isBot());
    kept.webpage(record.text(FlatKey.WEBPAGE));
    kept.referingPage(record.text(FlatKey.REFERING_PAGE));
    keepWhatCannotBeMade(userAgent.length > 0, kept);
    kept.unknownKeys(record.unknown().toByteArray());
  }

  private byte[] members(List<FlatKey> keys) {
    members.clear();
    keys.forEach(key -> append(key, members));
    return members.toByteArray();
  }

  private void append(FlatKey key, OutputBuffer out) {
    if (record.has(key)) {
      out.append((",\"" + key.label() + "\":").getBytes(StandardCharsets.US_ASCII));
      out.append(record.json(key));
    }
  }

  private boolean isBot() {
    return record.has(FlatKey.IS_BOT)
        ? Arrays.equals(record.json(FlatKey.IS_BOT), TRUE)
        : Arrays.equals(record.text(FlatKey.DEVICE_TYPE), BOT);
  }

  /** Derived keys whose source the earlier stage has left out. */
  private void keepWhatCannotBeMade(boolean hasUserAgent, KeptKeys kept) {
    if (!record.has(FlatKey.DATETIME)) {
      keep(FlatKey.TIMESTAMP, kept);
      keep(FlatKey.EPOCH_MILLIS, kept);
    }
    if (!record.has(FlatKey.RESPONSE)) {
      keep(FlatKey.STATUS_CLASS, kept);
    }
    if (!hasUserAgent && !record.has(FlatKey.AGENT)) {
      keep(FlatKey.IS_BOT, kept);
    }
  }

  private void keep(FlatKey key, KeptKeys kept) {
    if (record.has(key)) {
      kept.derived(key, record.json(key));
    }
  }

  private void readWarnings(KeptKeys kept) {
    List<String> names = record.names(FlatKey.WARNINGS);
    byte[] quality = record.text(FlatKey.QUALITY);
    if (names.isEmpty() && (quality == null || Arrays.equals(quality, OK))) {
      return;
    }
    Set<Warning> known = EnumSet.noneOf(Warning.class);
    for (Warning warning : Warning.values()) {
      if (names.contains(warning.label())) {
        known.add(warning);
      }
    }
    kept.warnings(known, others(names), others(record.names(FlatKey.ENRICHMENT_ERRORS)));
  }

  /** Names that a later version has added. */
  private static byte[] others(List<String> names) {
    var out = new OutputBuffer();
    for (String name : names) {
      if (Arrays.stream(Warning.values()).noneMatch(known -> known.label().equals(name))) {
        out.append((byte) ',');
        JsonValues.appendText(name.getBytes(StandardCharsets.UTF_8), out);
      }
    }
    return out.toByteArray();
  }
}
