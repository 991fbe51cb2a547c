package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.page.KnownPages;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.page.RequestLine;

/** Takes the request line apart, and names the page and the page before it. */
final class PagesStage extends LineStage {
  private final KnownPages known = new KnownPages();

  @Override
  void run(EnrichedLine line) {
    find(line);
    if (line.hasKept()) {
      keep(line.webpage(), line.kept().webpage());
      keep(line.referingPage(), line.kept().referingPage());
    }
  }

  /** A page that an earlier stage has named stays. */
  private static void keep(PageName page, byte[] kept) {
    if (kept != null) {
      page.keep(kept);
    }
  }

  /**
   * Names the pages by what stands in the line alone: after masking, the pages of an earlier stage
   * would name what was masked.
   */
  void find(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    if (fields.has(Field.REQUEST_LINE)) {
      findInRequest(line, fields);
    } else {
      find(line.webpage(), fields, Field.URL_PATH);
    }
    find(line.referingPage(), fields, Field.REFERER);
  }

  private void findInRequest(EnrichedLine line, AccessLogLine fields) {
    RequestLine request = line.request();
    known.findInRequest(
        fields.buffer(),
        fields.from(Field.REQUEST_LINE),
        fields.to(Field.REQUEST_LINE),
        request,
        line.webpage());
    line.warnings()
        .addUnless(
            request.isWellFormed() || fields.isMissing(Field.REQUEST_LINE),
            Warning.MALFORMED_REQUEST);
  }

  private void find(PageName page, AccessLogLine fields, Field field) {
    if (!fields.isMissing(field)) {
      known.findInReferer(fields.buffer(), fields.from(field), fields.to(field), page);
    } else {
      page.clear();
    }
  }
}
