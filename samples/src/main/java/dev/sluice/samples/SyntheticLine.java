package dev.sluice.samples;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * One line of a synthetic log.
 *
 * @param bytes the line without its line end; not copied
 * @param kind what is special about it
 * @param id its number, counted up from the first id of the options; it stands in the line only
 *     when asked for
 */
public record SyntheticLine(byte[] bytes, LineKind kind, long id) {
  private static final String ID_MARK = "id=L";
  private static final int ID_DIGITS = 10;

  /** The largest id: ten digits. */
  public static final long MAX_ID = 9_999_999_999L;

  /** The id as it stands in a line: {@code id=L} and ten digits. */
  public String idText() {
    return ID_MARK + String.format(Locale.ROOT, "%010d", id);
  }

  static void putId(ByteBuilder out, long id) {
    out.put(ID_MARK).putDecimal(id, ID_DIGITS);
  }

  /** The first id in a text: a line, or the JSON made of it. */
  public static OptionalLong findId(CharSequence text) {
    String all = text.toString();
    for (int at = all.indexOf(ID_MARK); at >= 0; at = all.indexOf(ID_MARK, at + 1)) {
      int from = at + ID_MARK.length();
      int to = from + ID_DIGITS;
      if (to <= all.length()
          && all.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9')) {
        return OptionalLong.of(Long.parseLong(all, from, to, 10));
      }
    }
    return OptionalLong.empty();
  }
}
