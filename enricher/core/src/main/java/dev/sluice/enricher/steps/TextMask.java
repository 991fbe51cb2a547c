package dev.sluice.enricher.steps;

import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes text without what must not be in it. What is found is replaced by a word in parentheses
 * that says what it was, or an address by what stands for it; every other byte stays as it is.
 * Parentheses are plain characters of a URL and need no escape in JSON. Not thread-safe.
 */
final class TextMask {
  private static final byte[][] WORDS = new byte[TextMarks.ADDRESS][];

  static {
    WORDS[TextMarks.PARAMETER] = ascii("(masked)");
    WORDS[TextMarks.TOKEN] = ascii("(token)");
    WORDS[TextMarks.CARD] = ascii("(card)");
    WORDS[TextMarks.EMAIL] = ascii("(email)");
  }

  private final TextFinder[] finders;
  private final AddressMask addressMask; // null when addresses stay
  private final AddressFinder addressFinder = new AddressFinder();
  private final DecodedText decoded = new DecodedText();
  private final TextMarks marks = new TextMarks();

  /**
   * @param addresses what to write for addresses, or null to leave them
   */
  TextMask(MaskSettings settings, AddressMask addresses) {
    List<TextFinder> wanted = new ArrayList<>();
    if (!settings.queryParameters().isEmpty()) {
      wanted.add(new ParameterFinder(settings.queryParameters()));
    }
    if (settings.kinds().contains(MaskedKind.TOKENS)) {
      wanted.add(new TokenFinder());
    }
    if (settings.kinds().contains(MaskedKind.CARDS)) {
      wanted.add(new CardFinder());
    }
    if (settings.kinds().contains(MaskedKind.EMAILS)) {
      wanted.add(new EmailFinder());
    }
    finders = wanted.toArray(TextFinder[]::new);
    addressMask = addresses;
  }

  /**
   * Appends the text from {@code from} (in) to {@code to} (out), masked.
   *
   * @return whether anything had to be
   */
  boolean append(byte[] text, int from, int to, OutputBuffer out) {
    decoded.read(text, from, to);
    marks.clear(decoded.length());
    for (TextFinder finder : finders) {
      finder.mark(decoded, marks);
    }
    if (addressMask != null) {
      markAddresses();
    }
    if (!marks.any()) {
      out.append(text, from, to);
      return false;
    }
    appendMasked(text, out);
    return true;
  }

  private void markAddresses() {
    byte[] bytes = decoded.bytes();
    int i = 0;
    while (i < decoded.length()) {
      int end = addressFinder.end(bytes, i, decoded.length());
      if (end > i) {
        // Beside another find what is left of the address is masked with it.
        marks.mark(i, end, marks.isFree(i, end) ? TextMarks.ADDRESS : TextMarks.PARAMETER);
        i = end;
      } else {
        i++;
      }
    }
  }

  private void appendMasked(byte[] text, OutputBuffer out) {
    int length = decoded.length();
    int i = 0;
    while (i < length) {
      byte kind = marks.kind(i);
      int end = i + 1;
      if (kind == TextMarks.NONE) {
        while (end < length && marks.kind(end) == TextMarks.NONE) {
          end++;
        }
        out.append(text, decoded.start(i), decoded.start(end));
      } else {
        end = marks.end(i, length);
        if (kind == TextMarks.ADDRESS) {
          addressFinder.end(decoded.bytes(), i, length);
          addressMask.appendAddress(addressFinder.address(), out);
        } else {
          out.append(WORDS[kind]);
        }
      }
      i = end;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
