package dev.sluice.enricher.page;

/**
 * Names pages as {@link PageName} and {@link RequestLine} do, and remembers those that came last.
 * Not thread-safe.
 */
public final class KnownPages {
  /** 4,096 requests, 320 KB. */
  private static final int REQUEST_BITS = 12;

  /** 1,024 referers, 80 KB. */
  private static final int REFERER_BITS = 10;

  private static final int BYTE_MASK = 0xFF;

  /** In a number: the page is none of the text's bytes, but among {@link #decoded}. */
  private static final long DECODED = 1L << 62;

  private final KnownTexts requests = new KnownTexts(REQUEST_BITS);
  private final KnownTexts referers = new KnownTexts(REFERER_BITS);
  private final DecodedPages requestPages = new DecodedPages(1 << REQUEST_BITS);
  private final DecodedPages refererPages = new DecodedPages(1 << REFERER_BITS);

  /** Takes a request line apart and names its page. */
  public void findInRequest(byte[] text, int from, int to, RequestLine request, PageName page) {
    if (!KnownTexts.takes(text, from, to)) {
      lookInto(text, from, to, request, page);
      return;
    }
    long known = requests.find(text, from, to);
    if (known != KnownTexts.UNKNOWN) {
      request.known(
          from + (int) (known >>> 16 & BYTE_MASK), from + (int) (known >>> 24 & BYTE_MASK));
      name(known, text, from, page, requests, requestPages);
      return;
    }
    lookInto(text, from, to, request, page);
    if (request.isWellFormed() && request.hasTarget() && page.isPresent()) {
      long target = (long) (request.targetTo() - from) << 8 | request.targetFrom() - from;
      remember(target << 16, text, from, to, page, requests, requestPages);
    }
  }

  private static void name(
      long known, byte[] text, int from, PageName page, KnownTexts texts, DecodedPages decoded) {
    if ((known & DECODED) == 0) {
      page.known(text, from, (int) (known & BYTE_MASK), (int) (known >>> 8 & BYTE_MASK));
    } else {
      decoded.name(texts.place(), page);
    }
  }

  private static void remember(
      long number,
      byte[] text,
      int from,
      int to,
      PageName page,
      KnownTexts texts,
      DecodedPages decoded) {
    if (page.isLiteral()) {
      texts.put(text, from, to, number | offsets(page, text, from));
    } else if (decoded.takes(page)) {
      texts.put(text, from, to, number | DECODED);
      decoded.put(texts.place(), page);
    }
  }

  private static void lookInto(byte[] text, int from, int to, RequestLine request, PageName page) {
    request.parse(text, from, to);
    if (request.hasTarget()) {
      page.find(text, request.targetFrom(), request.targetTo());
    } else {
      page.clear();
    }
  }

  /** Names the page of a referer. */
  public void findInReferer(byte[] text, int from, int to, PageName page) {
    if (!KnownTexts.takes(text, from, to)) {
      page.find(text, from, to);
      return;
    }
    long known = referers.find(text, from, to);
    if (known != KnownTexts.UNKNOWN) {
      name(known, text, from, page, referers, refererPages);
      return;
    }
    page.find(text, from, to);
    if (page.isPresent()) {
      remember(0, text, from, to, page, referers, refererPages);
    }
  }

  /** Where a page begins and ends; both the same for the word index. */
  private static int offsets(PageName page, byte[] text, int from) {
    return page.buffer() == text ? page.to() - from << 8 | page.from() - from : 0;
  }
}
