package dev.sluice.enricher.page;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.Words;
import dev.sluice.enricher.json.JsonText;
import java.util.Arrays;

/**
 * Pages that were percent-encoded, decoded, by the places of {@link KnownTexts}: only those that
 * JSON takes as they are. A place has its array once, so nothing is allocated when all are known.
 * Not thread-safe.
 */
final class DecodedPages {
  /** Bytes behind each page, for whoever copies words. */
  private static final int ROOM_BEHIND = 4 * Words.BYTES;

  private final byte[][] pages;
  private final byte[] lengths;
  private final OutputBuffer json = new OutputBuffer();

  /**
   * @param places as many as there are texts
   */
  DecodedPages(int places) {
    pages = new byte[places][];
    lengths = new byte[places];
  }

  /** Whether the page is written as it is, byte for byte. */
  boolean takes(PageName page) {
    json.clear();
    return JsonText.append(page.buffer(), page.from(), page.to(), json)
        && Arrays.equals(json.array(), 0, json.length(), page.buffer(), page.from(), page.to());
  }

  /** Remembers a page, which is no longer than the text that it was found in. */
  void put(int place, PageName page) {
    int length = page.to() - page.from();
    if (pages[place] == null) {
      pages[place] = new byte[KnownTexts.MAX_LENGTH + ROOM_BEHIND];
    }
    System.arraycopy(page.buffer(), page.from(), pages[place], 0, length);
    lengths[place] = (byte) length;
  }

  /** Names the page that was put there last. */
  void name(int place, PageName page) {
    page.knownDecoded(pages[place], lengths[place]);
  }
}
