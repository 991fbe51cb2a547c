package dev.sluice.enricher;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.flat.FlatRecordParser;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.ClientAddress;
import dev.sluice.enricher.format.Diagnosis;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.format.ScannerParser;
import dev.sluice.enricher.geo.GeoFinder;
import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.profile.KeptKeys;
import dev.sluice.enricher.profile.OutputGroup;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.enricher.steps.Steps;
import dev.sluice.enricher.useragent.UserAgentFinder;
import dev.sluice.enricher.useragent.UserAgentFragments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Bytes of one line in, one line of JSON out. Not thread-safe: one for each thread or shard. */
public final class LineEnricher {
  private static final int BYTE_ORDER_MARK_BYTES = 3;

  private final int maxLineBytes;
  private final FlatRecordParser records; // null unless the lines are JSON of an earlier stage
  private final Diagnosis diagnosis;
  private final PagesStage pageNames = new PagesStage();

  // As what all stages are, so that none is called in another way than LineStage says.
  private final LineStage parse;
  private final LineStage check;
  private final LineStage userAgents;
  private final LineStage place;
  private final LineStage pages = pageNames;
  private final LineStage write;

  private final LineStage[] beforeDrops;
  private final LineStage[] afterDrops;
  private final WriteStage writer;
  private final Steps steps; // null when all of them are off
  private final LineStage[] beforeLookups;
  private final LineLookups lookups; // null when nobody is asked
  private final boolean needsPositions;
  private final boolean knowsUsualLines;
  private final boolean takesShortWay; // lines take the stages that all take, and no other

  private final EnrichedLine line = new EnrichedLine();
  private final LinePosition nowhere = new LinePosition();

  LineEnricher(
      EnricherSettings settings,
      GeoFragments places,
      UserAgentFragments userAgents,
      Steps steps,
      LineLookups lookups) {
    maxLineBytes = settings.maxLineBytes();
    records = settings.format() instanceof FlatFormat ? new FlatRecordParser() : null;
    UserAgentFinder agents = userAgents.newFinder();
    LineParser parser =
        records == null ? LineParser.of(settings.format(), settings.parser(), agents) : records;
    knowsUsualLines = parser instanceof ScannerParser;
    diagnosis = records == null ? Diagnosis.of(settings.format()) : records;
    GeoFinder finder = places.newFinder().orElse(null);
    this.userAgents = new UserAgentStage(agents);
    parse = new ParseStage(parser);
    check = new CheckStage(records == null, finder);
    place = new PlaceStage(finder);
    List<LineStage> found = new ArrayList<>(List.of(this.userAgents, place));
    List<LineStage> asked = new ArrayList<>();
    if (settings.format() instanceof CustomFormat) { // no other has X-Forwarded-For
      asked.add(new ClientStage(new ClientAddress(settings.trustedProxies())));
    }
    List<LineStage> keys = new ArrayList<>(asked);
    keys.add(pages);
    beforeLookups = keys.toArray(LineStage[]::new);
    if (steps == null) {
      // Before the pages, so that what was found is on its way from memory meanwhile.
      asked.addAll(found);
      found.clear();
    }
    asked.add(pages);
    if (lookups != null) {
      (steps == null ? asked : found).add(new LookupStage(lookups)); // it may ask for a page
    }
    beforeDrops = asked.toArray(LineStage[]::new);
    afterDrops = found.toArray(LineStage[]::new);
    this.lookups = lookups;
    writer =
        new WriteStage(
            settings.profile().newWriter(settings.output(), settings.format(), lookups != null));
    write = writer;
    needsPositions =
        settings.output().groups().contains(OutputGroup.EVENT_ID) || settings.steps().samples();
    this.steps = steps;
    takesShortWay =
        !(settings.format() instanceof CustomFormat) && steps == null && lookups == null;
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
    if (!parses(buffer, start, end)) {
      return diagnosis.explain(buffer, from, start, end);
    }
    return enrichParsed(position, buffer, start, end, out);
  }

  /**
   * {@link #enrich(byte[], int, int, OutputBuffer)} for bytes that may be several lines: of a line
   * of the usual kind it is known, once it is parsed, that no line feed is in it; others are
   * searched for one.
   *
   * @return null when there is one; nothing is done then
   */
  public Outcome enrichOneLine(byte[] buffer, int from, int to, OutputBuffer out) {
    boolean parsed = knowsUsualLines && to - from <= maxLineBytes && parses(buffer, from, to);
    if (parsed && line.fields().isPlainLine()) {
      return enrichParsed(nowhere, buffer, from, to, out);
    }
    if (ByteSearch.indexOf('\n', buffer, from, to) < to) {
      return null;
    }
    return parsed && isBare(buffer, from, to)
        ? enrichParsed(nowhere, buffer, from, to, out)
        : enrich(buffer, from, to, out);
  }

  private boolean parses(byte[] buffer, int from, int to) {
    line.look(buffer, from, to);
    run(parse);
    run(check);
    return line.isParsed();
  }

  private Outcome enrichParsed(
      LinePosition position, byte[] buffer, int start, int end, OutputBuffer out) {
    line.begin(position, records == null ? KeptKeys.NONE : records.kept());
    if (takesShortWay) { // what is in the lists then, without looking up which stage comes next
      run(userAgents);
      run(place);
      run(pages);
      findExtraFields();
      writer.to(out);
      run(write);
      return enriched();
    }
    run(beforeDrops);
    if (steps != null) {
      Outcome.Dropped dropped = steps.drop(line, buffer, start, end);
      if (dropped != null) {
        return dropped;
      }
    }
    run(afterDrops);
    findExtraFields();
    writer.to(out);
    if (steps != null) {
      return writeWithSteps(out);
    }
    run(write);
    return enriched();
  }

  /** Whether others are asked about lines: then {@link #collect} wants to see them first. */
  public boolean hasLookups() {
    return lookups != null;
  }

  /**
   * Remembers what has to be asked of others about the line, see {@link LineLookups}; nothing for a
   * line that will be rejected or dropped. Parameters are those of {@link #enrich(byte[], int, int,
   * LinePosition, OutputBuffer)}.
   */
  public void collect(byte[] buffer, int from, int to, LinePosition position) {
    int end = withoutCarriageReturns(buffer, from, to);
    int start = afterByteOrderMark(buffer, from, end);
    if (lookups == null || end - from > maxLineBytes || isBlank(buffer, start, end)) {
      return;
    }
    if (parses(buffer, start, end)) {
      line.begin(position, records == null ? KeptKeys.NONE : records.kept());
      run(beforeLookups);
      if (steps == null || steps.drop(line, buffer, start, end) == null) {
        lookups.collect(line);
      }
    }
  }

  /** Asks for all that was collected: {@link LineLookups#resolve}. */
  public void resolve(Duration atMost) {
    if (lookups != null) {
      lookups.resolve(atMost);
    }
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
      pageNames.find(line);
      if (steps.changedUserAgent()) {
        userAgents.run(line);
      }
      if (steps.changedHost()) {
        line.hostMasked();
      }
    }
    int start = out.length();
    run(write);
    String violation = steps.violation(out, start);
    if (violation != null) {
      out.truncate(start);
      if (steps.rejectsViolations()) {
        return new Outcome.Rejected(RejectReason.SCHEMA_VIOLATION, 0);
      }
      line.violation(violation);
      run(write); // once more, with the warning
    }
    return enriched();
  }

  /** Masks lines that were rejected as this enricher masks others; leaves them when it does not. */
  public RejectMask rejectMask() {
    return steps == null ? RejectMask.none() : steps.rejectMask();
  }

  private void run(LineStage[] stages) {
    for (LineStage stage : stages) {
      run(stage);
    }
  }

  private void run(LineStage stage) {
    stage.run(line);
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

  /** Whether there is nothing around the line that {@link #enrich} leaves out. */
  private static boolean isBare(byte[] buffer, int from, int to) {
    return withoutCarriageReturns(buffer, from, to) == to
        && afterByteOrderMark(buffer, from, to) == from;
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
