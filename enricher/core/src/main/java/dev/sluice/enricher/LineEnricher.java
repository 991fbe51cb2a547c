package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.ClientAddress;
import dev.sluice.enricher.format.Diagnosis;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.FieldChecks;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.geo.GeoFragment;
import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.json.FlatJson;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.page.RequestLine;
import dev.sluice.enricher.useragent.UserAgentFinder;
import dev.sluice.enricher.useragent.UserAgentFragment;
import dev.sluice.enricher.useragent.UserAgentFragments;
import java.util.Optional;

/** Bytes of one line in, one line of JSON out. Not thread-safe: one for each thread or shard. */
public final class LineEnricher {
  private static final int BYTE_ORDER_MARK_BYTES = 3;

  private final int maxLineBytes;
  private final LineParser parser;
  private final Diagnosis diagnosis;
  private final ClientAddress clientAddress;
  private final Optional<GeoFragments> places;
  private final UserAgentFinder userAgents;

  private final AccessLogLine line = new AccessLogLine();
  private final RequestLine request = new RequestLine();
  private final PageName page = new PageName();

  LineEnricher(
      EnricherSettings settings, Optional<GeoFragments> places, UserAgentFragments userAgents) {
    maxLineBytes = settings.maxLineBytes();
    parser = LineParser.of(settings.format(), settings.parser());
    diagnosis = Diagnosis.of(settings.format());
    clientAddress = new ClientAddress(settings.trustedProxies());
    this.places = places;
    this.userAgents = userAgents.newFinder();
  }

  /**
   * Appends one line of JSON without line end to {@code out} when the outcome is enriched, with or
   * without warnings, and nothing otherwise. Throws for no input.
   *
   * @param from first byte of the line
   * @param to one after the last byte of the line, its line end excluded; CRs before it are ignored
   */
  public Outcome enrich(byte[] buffer, int from, int to, OutputBuffer out) {
    int end = withoutCarriageReturns(buffer, from, to);
    if (end - from > maxLineBytes) {
      return new Outcome.Rejected(RejectReason.LINE_TOO_LONG, maxLineBytes);
    }
    int start = afterByteOrderMark(buffer, from, end);
    if (isBlank(buffer, start, end)) {
      return new Outcome.Rejected(RejectReason.EMPTY_LINE, 0);
    }
    if (!parser.parse(buffer, start, end, line) || !FieldChecks.allHold(line)) {
      return diagnosis.explain(buffer, from, start, end);
    }
    return append(out) ? Outcome.ENRICHED : Outcome.ENRICHED_WITH_WARNINGS;
  }

  /** Appends the parsed line; answers whether nothing about it was odd. */
  private boolean append(OutputBuffer out) {
    int start = out.length();
    boolean clean = clientAddress.resolve(line);
    clean &= FlatJson.appendLine(line, out);
    clean &= appendPlace(out);
    clean &= appendUserAgent(out);
    clean &= appendPages(out);
    FlatJson.close(start, out);
    return clean && isBlank(line.buffer(), line.from(Field.EXTRA), line.to(Field.EXTRA));
  }

  private boolean appendPlace(OutputBuffer out) {
    if (places.isEmpty() || !line.has(Field.REMOTE_HOST)) {
      return true;
    }
    byte[] buffer = line.buffer();
    int from = line.from(Field.REMOTE_HOST);
    int to = line.to(Field.REMOTE_HOST);
    GeoFragment place =
        places
            .get()
            .find(buffer, HostAddress.from(buffer, from, to), HostAddress.to(buffer, from, to));
    out.append(place.json());
    return place.readable();
  }

  private boolean appendUserAgent(OutputBuffer out) {
    if (!line.has(Field.USER_AGENT)) {
      return true;
    }
    UserAgentFragment userAgent =
        line.isMissing(Field.USER_AGENT)
            ? userAgents.none()
            : userAgents.find(
                line.buffer(), line.from(Field.USER_AGENT), line.to(Field.USER_AGENT));
    out.append(userAgent.json());
    return userAgent.complete();
  }

  private boolean appendPages(OutputBuffer out) {
    byte[] buffer = line.buffer();
    boolean wellFormed = true;
    if (line.has(Field.REQUEST_LINE)) {
      request.parse(buffer, line.from(Field.REQUEST_LINE), line.to(Field.REQUEST_LINE));
      wellFormed = request.isWellFormed() || line.isMissing(Field.REQUEST_LINE);
      if (request.hasTarget() && page.find(buffer, request.targetFrom(), request.targetTo())) {
        FlatJson.appendWebpage(page, out);
      }
    } else if (line.has(Field.URL_PATH)
        && page.find(buffer, line.from(Field.URL_PATH), line.to(Field.URL_PATH))) {
      FlatJson.appendWebpage(page, out);
    }
    if (line.has(Field.REFERER)
        && page.find(buffer, line.from(Field.REFERER), line.to(Field.REFERER))) {
      FlatJson.appendReferingPage(page, out);
    }
    return wellFormed;
  }

  private static int withoutCarriageReturns(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && buffer[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  private static int afterByteOrderMark(byte[] buffer, int from, int to) {
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
