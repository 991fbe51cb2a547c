package dev.sluice.lookups;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.steps.RejectMask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes an item of a table as a JSON object. Not thread-safe. */
final class ReferenceItem {
  /** Most bytes of the object; an attribute that would make it longer is left out. */
  static final int MAX_BYTES = 4096;

  /** RFC 8259, section 6; a number of DynamoDB has 38 digits and three of exponent at most. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,130})(?:\\.[0-9]{1,130})?(?:[eE][+-]?[0-9]{1,3})?");

  private final List<String> attributes;
  private final RejectMask mask;
  private final OutputBuffer out = new OutputBuffer();

  /**
   * @param attributes what is taken, in this order; letters, digits, _ . - only
   * @param mask what strings go through
   */
  ReferenceItem(List<String> attributes, RejectMask mask) {
    this.attributes = attributes;
    this.mask = mask;
  }

  /** Strings, numbers and booleans of the item; absent when it has none of them. */
  Answer answer(Map<String, AttributeValue> item) {
    out.clear();
    for (String attribute : attributes) {
      AttributeValue value = item.get(attribute);
      int start = out.length();
      boolean written = value != null && append(attribute, value);
      if (!written || out.length() + 1 > MAX_BYTES) {
        out.truncate(start);
      }
    }
    if (out.length() == 0) {
      return Answer.ABSENT;
    }
    out.array()[0] = '{'; // where the comma of the first member is
    out.append((byte) '}');
    return Answer.found(out.toByteArray());
  }

  private boolean append(String name, AttributeValue value) {
    out.append((",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII));
    switch (value.type()) {
      case S -> appendText(value.s());
      case BOOL -> out.append(value.bool().toString().getBytes(StandardCharsets.US_ASCII));
      case N -> {
        out.append(value.n().getBytes(StandardCharsets.US_ASCII));
        return NUMBER.matcher(value.n()).matches();
      }
      default -> {
        return false; // sets, lists, maps, binary and null
      }
    }
    return true;
  }

  private void appendText(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    mask.mask(text, 0, text.length);
    out.append((byte) '"');
    JsonText.append(mask.buffer(), mask.from(), mask.to(), out);
    out.append((byte) '"');
  }
}
