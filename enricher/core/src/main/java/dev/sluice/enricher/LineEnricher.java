package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.ClientAddress;
import dev.sluice.enricher.format.Diagnosis;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.FieldChecks;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.geo.GeoFinder;
import dev.sluice.enricher.geo.GeoFragment;
import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.page.RequestLine;
import dev.sluice.enricher.profile.KeptKeys;
import dev.sluice.enricher.profile.OutputGroup;
import dev.sluice.enricher.profile.ProfileWriter;
import dev.sluice.enricher.stage.FlatRecordParser;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.enricher.steps.Steps;
import dev.sluice.enricher.useragent.UserAgentFinder;
import dev.sluice.enricher.useragent.UserAgentFragment;
import dev.sluice.enricher.useragent.UserAgentFragments;
import java.util.Optional;

/** Bytes of one line in, one line of JSON out. Not thread-safe: one for each thread or shard. */
public final class LineEnricher {
  private static final int BYTE_ORDER_MARK_BYTES = 3;

  private final int maxLineBytes;
  private final FlatRecordParser records; // null unless the lines are JSON of an earlier stage
  private final LineParser parser;
  private final Diagnosis diagnosis;
  private final ClientAddress clientAddress;
  private final Optional<GeoFinder> places;
  private final UserAgentFinder userAgents;

  private final ProfileWriter writer;
  private final Steps steps; // null when all of them are off
  private final boolean needsPositions;

  private final EnrichedLine line = new EnrichedLine();
  private final LinePosition nowhere = new LinePosition();

  LineEnricher(
      EnricherSettings settings, GeoFragments places, UserAgentFragments userAgents, Steps steps) {
    maxLineBytes = settings.maxLineBytes();
    records = settings.format() instanceof FlatFormat ? new FlatRecordParser() : null;
    parser = records == null ? LineParser.of(settings.format(), settings.parser()) : records;
    diagnosis = records == null ? Diagnosis.of(settings.format()) : records;
    clientAddress = new ClientAddress(settings.trustedProxies());
    this.places = places.newFinder();
    this.userAgents = userAgents.newFinder();
    writer = settings.profile().newWriter(settings.output(), settings.format());
    needsPositions =
        settings.output().groups().contains(OutputGroup.EVENT_ID)
            || settings.steps().sampleShare() < 1;
    this.steps = steps;
  }

  /**
   * Whether an answer depends on where its line comes from, so that the caller has to tell. Where
   * not, any position will do.
   */
  public boolean needsPositions() {
    return needsPositions;
  }

  /**
   * {@link #enrich(byte[], int, int, LinePosition, OutputBuffer)} for a line whose position nobody
   * asks for.
   */
  public Outcome enrich(byte[] buffer, int from, int to, OutputBuffer out) {
    return enrich(buffer, from, to, nowhere, out);
  }

  /**
   * Appends one line of JSON without line end to {@code out} when the outcome is enriched, with or
   * without warnings, and nothing otherwise. Throws for no input.
   *
   * @param from first byte of the line
   * @param to one after the last byte of the line, its line end excluded; CRs before it are ignored
   * @param position where the line comes from
   */
  public Outcome enrich(byte[] buffer, int from, int to, LinePosition position, OutputBuffer out) {
    int end = withoutCarriageReturns(buffer, from, to);
    if (end - from > maxLineBytes) {
      return new Outcome.Rejected(RejectReason.LINE_TOO_LONG, maxLineBytes);
    }
    int start = afterByteOrderMark(buffer, from, end);
    if (isBlank(buffer, start, end)) {
      return new Outcome.Rejected(RejectReason.EMPTY_LINE, 0);
    }
    AccessLogLine fields = line.fields();
    if (!parser.parse(buffer, start, end, fields)
        || (records == null && !FieldChecks.allHold(fields))) {
      return diagnosis.explain(buffer, from, start, end);
    }
    line.begin(position, records == null ? KeptKeys.NONE : records.kept());
    findClient();
    findPages();
    keepPages();
    if (steps != null) {
      Outcome.Dropped dropped = steps.drop(line, buffer, start, end);
      if (dropped != null) {
        return dropped;
      }
    }
    findPlace();
    keepPlace();
    findUserAgent();
    findExtraFields();
    if (steps != null) {
      return writeWithSteps(out);
    }
    writer.append(line, out);
    return enriched();
  }

  private Outcome enriched() {
    return line.hasWarnings() ? Outcome.ENRICHED_WITH_WARNINGS : Outcome.ENRICHED;
  }

  /** All that is known about the line enriched last; only valid when it has JSON. */
  public EnrichedLine lastLine() {
    return line;
  }

  private Outcome writeWithSteps(OutputBuffer out) {
    steps.flag(line);
    if (steps.mask(line)) {
      findPages();
      if (steps.changedUserAgent()) {
        findUserAgent();
      }
    }
    int start = out.length();
    writer.append(line, out);
    String violation = steps.violation(out, start);
    if (violation != null) {
      out.truncate(start);
      if (steps.rejectsViolations()) {
        return new Outcome.Rejected(RejectReason.SCHEMA_VIOLATION, 0);
      }
      line.violation(violation);
      writer.append(line, out); // once more, with the warning
    }
    return enriched();
  }

  /** Masks lines that were rejected as this enricher masks others; leaves them when it does not. */
  public RejectMask rejectMask() {
    return steps == null ? RejectMask.none() : steps.rejectMask();
  }

  private void findClient() {
    line.warnings().addUnless(clientAddress.resolve(line.fields()), Warning.UNKNOWN_CLIENT);
  }

  private void findPlace() {
    AccessLogLine fields = line.fields();
    if (places.isEmpty() || !fields.has(Field.REMOTE_HOST)) {
      line.place(GeoFragment.NOTHING);
      line.autonomousSystem(GeoFragment.NOTHING);
      return;
    }
    byte[] buffer = fields.buffer();
    int from = fields.from(Field.REMOTE_HOST);
    int to = fields.to(Field.REMOTE_HOST);
    GeoFinder finder = places.get();
    finder.find(buffer, HostAddress.from(buffer, from, to), HostAddress.to(buffer, from, to));
    line.place(finder.place());
    line.autonomousSystem(finder.autonomousSystem());
    line.warnings()
        .addUnless(
            finder.place().readable() && finder.autonomousSystem().readable(),
            Warning.UNREADABLE_PLACE);
  }

  /** What an earlier stage has found goes before what this one finds. */
  private void keepPlace() {
    KeptKeys kept = line.kept();
    if (kept.place().length > 0) {
      line.place(new GeoFragment(kept.place(), true));
    }
    if (kept.autonomousSystem().length > 0) {
      line.autonomousSystem(new GeoFragment(kept.autonomousSystem(), true));
    }
  }

  private void findUserAgent() {
    UserAgentFragment userAgent = userAgentOf(line.fields());
    line.userAgent(userAgent);
    line.warnings().addUnless(userAgent.complete(), Warning.UNCLASSIFIED_USER_AGENT);
  }

  private UserAgentFragment userAgentOf(AccessLogLine fields) {
    if (line.kept().userAgent().length > 0) {
      return UserAgentFragment.kept(line.kept().userAgent(), line.kept().isBot());
    }
    if (!fields.has(Field.USER_AGENT)) {
      return UserAgentFragment.NOTHING;
    }
    return fields.isMissing(Field.USER_AGENT)
        ? userAgents.none()
        : userAgents.find(
            fields.buffer(), fields.from(Field.USER_AGENT), fields.to(Field.USER_AGENT));
  }

  private void findPages() {
    AccessLogLine fields = line.fields();
    RequestLine request = line.request();
    PageName webpage = line.webpage();
    webpage.clear();
    if (fields.has(Field.REQUEST_LINE)) {
      request.parse(
          fields.buffer(), fields.from(Field.REQUEST_LINE), fields.to(Field.REQUEST_LINE));
      line.warnings()
          .addUnless(
              request.isWellFormed() || fields.isMissing(Field.REQUEST_LINE),
              Warning.MALFORMED_REQUEST);
      if (request.hasTarget()) {
        webpage.find(fields.buffer(), request.targetFrom(), request.targetTo());
      }
    } else {
      findPage(webpage, Field.URL_PATH);
    }
    findPage(line.referingPage(), Field.REFERER);
  }

  /** Not after masking: the pages of an earlier stage name what this one has masked. */
  private void keepPages() {
    keepPage(line.webpage(), line.kept().webpage());
    keepPage(line.referingPage(), line.kept().referingPage());
  }

  private static void keepPage(PageName page, byte[] kept) {
    if (kept != null) {
      page.keep(kept);
    }
  }

  private void findPage(PageName page, Field field) {
    AccessLogLine fields = line.fields();
    if (fields.has(field)) {
      page.find(fields.buffer(), fields.from(field), fields.to(field));
    } else {
      page.clear();
    }
  }

  private void findExtraFields() {
    AccessLogLine fields = line.fields();
    boolean none = isBlank(fields.buffer(), fields.from(Field.EXTRA), fields.to(Field.EXTRA));
    line.warnings().addUnless(none, Warning.EXTRA_FIELDS);
  }

  static int withoutCarriageReturns(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && buffer[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  static int afterByteOrderMark(byte[] buffer, int from, int to) {
    boolean marked =
        to - from >= BYTE_ORDER_MARK_BYTES
            && buffer[from] == (byte) 0xEF
            && buffer[from + 1] == (byte) 0xBB
            && buffer[from + 2] == (byte) 0xBF;
    return marked ? from + BYTE_ORDER_MARK_BYTES : from;
  }

  private static boolean isBlank(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
