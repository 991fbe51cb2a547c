package dev.sluice.firehose.record;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.firehose.event.Base64Encoder;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;

/**
 * What goes back with a record that failed: its original data, character by character; or, where
 * the settings mask, its lines as they may be seen, and nothing of what nobody can read. Not
 * thread-safe.
 */
public final class FailureData {
  /**
   * Most bytes of an event that are unpacked in order to be masked: more could not go back in its
   * response.
   */
  static final int MAX_UNPACKED_BYTES = 8 * 1024 * 1024;

  private final int maxExpandedBytes;
  private final Payload payload;
  private final RejectMask mask;
  private final Base64Encoder base64 = new Base64Encoder();
  private final OutputBuffer masked = new OutputBuffer();
  private int unpackedBytes;

  FailureData(int maxExpandedBytes, RejectMask mask) {
    this.maxExpandedBytes = maxExpandedBytes;
    this.payload = new Payload(maxExpandedBytes);
    this.mask = mask;
  }

  /** Forgets the event before. */
  void beginEvent() {
    unpackedBytes = 0;
  }

  /** Whether what goes back may be another text than what came, and longer. */
  public boolean masks() {
    return mask.isOn();
  }

  /** Appends the inside of a JSON string. */
  public void append(FirehoseEvent event, int record, OutputBuffer out) {
    if (!event.has(record, RecordField.DATA)) {
      return;
    }
    byte[] text = event.text();
    int from = event.from(record, RecordField.DATA);
    int to = event.to(record, RecordField.DATA);
    if (!mask.isOn()) {
      JsonText.append(text, from, to, out);
      return;
    }
    FailureReason unreadable = read(event, record);
    if (unreadable == FailureReason.BAD_BASE64) {
      mask.mask(text, from, to);
      JsonText.append(mask.buffer(), mask.from(), mask.to(), out);
    } else if (unreadable == null) {
      if (maskLines()) {
        base64.append(masked.array(), 0, masked.length(), out);
      } else {
        JsonText.append(text, from, to, out);
      }
    }
  }

  /** Reads a record, unpacking what is left of the bound; null when all went well. */
  private FailureReason read(FirehoseEvent event, int record) {
    int left = MAX_UNPACKED_BYTES - unpackedBytes;
    FailureReason unreadable = payload.read(event, record, Math.min(maxExpandedBytes, left));
    if (payload.isExpanded()) {
      unpackedBytes += Math.min(left, payload.to()); // where it is unpacked it begins at 0
    }
    return unreadable;
  }

  /** Copies the lines, each with its own line end, and tells whether any has changed. */
  private boolean maskLines() {
    masked.clear();
    boolean changed = false;
    byte[] bytes = payload.bytes();
    int from = 0;
    while (from < payload.to()) {
      int lineFeed = ByteSearch.indexOf('\n', bytes, from, payload.to());
      changed |= mask.mask(bytes, from, lineFeed);
      masked.append(mask.buffer(), mask.from(), mask.to());
      from = lineFeed;
      if (from < payload.to()) {
        masked.append((byte) '\n');
        from++;
      }
    }
    return changed;
  }
}
