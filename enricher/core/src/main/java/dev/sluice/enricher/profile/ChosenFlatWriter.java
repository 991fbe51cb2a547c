package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.page.PageName;

/**
 * The {@code flat} profile with groups, a selection of keys, and what an earlier stage left. Keys
 * of the contract are written by {@link FlatWriter} where all of them are wanted, and one by one,
 * with the same result at a higher price, where some are: a test holds both ways equal.
 */
final class ChosenFlatWriter implements ProfileWriter {
  /** What the committed schema describes. */
  static final int SCHEMA_VERSION = KeptKeys.SCHEMA_VERSION;

  private static final OutputGroup[] GROUPS = OutputGroup.values();

  private final FlatMembers members;
  private final boolean allOfContract;
  private final boolean keepsUnknownKeys;
  private final boolean[] groups = new boolean[GROUPS.length];
  private final DerivedGroup derived = new DerivedGroup();
  private final QualityGroup quality = new QualityGroup();
  private final byte[] tags;
  private final OutputBuffer text = new OutputBuffer();

  /**
   * @param afterEarlierStage whether the lines are JSON of an earlier stage
   */
  ChosenFlatWriter(OutputSettings settings, boolean afterEarlierStage) {
    members = new FlatMembers(settings.chosen());
    allOfContract = settings.writesAllKeys() && !afterEarlierStage;
    keepsUnknownKeys = settings.keepsUnknownKeys();
    settings.groups().forEach(group -> groups[group.ordinal()] = true);
    tags = Tags.render(settings.tags());
  }

  @Override
  public void append(EnrichedLine line, OutputBuffer out) {
    int start = out.length();
    members.begin(out, line.warnings());
    if (allOfContract) {
      FlatWriter.appendMembers(line, out);
    } else {
      appendChosen(line);
    }
    appendIfFound(FlatKey.HOST_NAME, line.hostName());
    appendIfFound(FlatKey.REFERENCE, line.reference());
    appendGroups(line);
    if (keepsUnknownKeys) {
      out.append(line.kept().unknownKeys());
    }
    FlatWriter.close(start, out);
  }

  private void appendChosen(EnrichedLine line) {
    appendFields(line.fields());
    members.rendered(line.place());
    members.rendered(line.autonomousSystem());
    members.rendered(line.userAgent().json());
    appendPage(FlatKey.WEBPAGE, line.webpage());
    appendPage(FlatKey.REFERING_PAGE, line.referingPage());
  }

  private void appendFields(AccessLogLine fields) {
    appendIfPresent(FlatKey.HOST, fields, Field.REMOTE_HOST);
    appendIfPresent(FlatKey.DATETIME, fields, Field.TIMESTAMP);
    appendIfPresent(FlatKey.REQUEST, fields, Field.REQUEST_LINE);
    appendUnlessMissing(FlatKey.RESPONSE, fields, Field.STATUS);
    appendUnlessMissing(FlatKey.BYTES, fields, Field.BYTES);
    appendUnlessMissing(FlatKey.REFERER, fields, Field.REFERER);
    appendUnlessMissing(FlatKey.AGENT, fields, Field.USER_AGENT);
  }

  private void appendIfPresent(FlatKey key, AccessLogLine fields, Field field) {
    if (fields.has(field)) {
      members.text(key, fields.buffer(), fields.from(field), fields.to(field));
    }
  }

  private void appendUnlessMissing(FlatKey key, AccessLogLine fields, Field field) {
    if (!fields.isMissing(field)) {
      members.text(key, fields.buffer(), fields.from(field), fields.to(field));
    }
  }

  /** Not {@link FlatMembers#text}: a page shows bytes of a field that has had its warning. */
  private void appendPage(FlatKey key, PageName page) {
    if (page.isPresent() && members.isChosen(key)) {
      OutputBuffer out = members.out();
      out.append(key.member());
      out.append((byte) '"');
      JsonText.append(page.buffer(), page.from(), page.to(), out);
      out.append((byte) '"');
    }
  }

  private void appendIfFound(FlatKey key, byte[] json) {
    if (json.length > 0) {
      members.raw(key, json);
    }
  }

  /** A group that an earlier stage has written stays, whether it is switched on here or not. */
  private void appendGroups(EnrichedLine line) {
    if (has(OutputGroup.DERIVED, line)) {
      derived.append(line, members);
    }
    if (has(OutputGroup.QUALITY, line)) {
      quality.append(line, members);
    }
    if (has(OutputGroup.EVENT_ID, line)) {
      appendEventId(line);
    }
    if (has(OutputGroup.TAGS, line)) {
      members.raw(FlatKey.TAGS, line.kept().tags().length > 0 ? line.kept().tags() : tags);
    }
    if (has(OutputGroup.SCHEMA_VERSION, line)) {
      members.number(FlatKey.SCHEMA_VERSION, SCHEMA_VERSION);
    }
  }

  private boolean has(OutputGroup group, EnrichedLine line) {
    return groups[group.ordinal()] || line.kept().has(group);
  }

  /** A line whose source nobody told has no name. */
  private void appendEventId(EnrichedLine line) {
    if (line.kept().eventId().length > 0) {
      members.raw(FlatKey.EVENT_ID, line.kept().eventId());
      return;
    }
    text.clear();
    if (EventId.append(line.position(), text)) {
      members.text(FlatKey.EVENT_ID, text.array(), 0, text.length());
    }
  }
}
