package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.LineLookups;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.AddressBits;
import dev.sluice.enricher.geo.AddressKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The look-ups of one line enricher, over sources that all of them share. Not thread-safe. */
final class BatchLookups implements LineLookups {
  /** Distinct keys of a batch that are looked up; those beyond are unavailable. */
  static final int MAX_KEYS = 20_000;

  private final KeyLookup pointers; // null when it is off
  private final boolean specialAddresses;
  private final KeyLookup items; // null when it is off
  private final KeyField keyField;
  private final Duration deadline;
  private final Ticker ticker;

  private final Set<String> pointersAsked = new HashSet<>();
  private final Set<String> itemsAsked = new HashSet<>();
  private Map<String, Answer> names = Map.of();
  private Map<String, Answer> references = Map.of();
  private final AddressBits address = new AddressBits();
  private final OutputBuffer scratch = new OutputBuffer();

  /**
   * @param pointers null when names are not asked for
   * @param specialAddresses whether the DNS is asked for addresses that are not public
   * @param items null when no reference data is asked for
   * @param keyField what of a line {@code items} is asked for; null without it
   */
  BatchLookups(
      KeyLookup pointers,
      boolean specialAddresses,
      KeyLookup items,
      KeyField keyField,
      Duration deadline,
      Ticker ticker) {
    this.pointers = pointers;
    this.specialAddresses = specialAddresses;
    this.items = items;
    this.keyField = keyField;
    this.deadline = deadline;
    this.ticker = ticker;
  }

  @Override
  public void collect(EnrichedLine line) {
    add(pointerName(line), pointersAsked);
    add(itemKey(line), itemsAsked);
  }

  private static void add(String key, Set<String> asked) {
    if (key != null && asked.size() < MAX_KEYS) {
      asked.add(key);
    }
  }

  /** What the DNS is asked for about the line; null for nothing. */
  private String pointerName(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    if (pointers == null
        || fields.isMissing(Field.REMOTE_HOST)
        || isKnown(line.kept().hostName())) {
      return null;
    }
    int from = fields.from(Field.REMOTE_HOST);
    int to = fields.to(Field.REMOTE_HOST);
    boolean asks =
        HostAddress.parse(fields.buffer(), from, to, address)
            && (specialAddresses
                || AddressKind.of(address.high(), address.low()) == AddressKind.PUBLIC);
    return asks ? PointerName.of(address) : null;
  }

  /** What the table is asked for about the line; null for nothing. */
  private String itemKey(EnrichedLine line) {
    return items == null || isKnown(line.kept().reference()) ? null : keyField.of(line, scratch);
  }

  /** By an earlier stage. */
  private static boolean isKnown(byte[] json) {
    return json.length > 0;
  }

  @Override
  public void resolve(Duration atMost) {
    Deadline end = Deadline.in(atMost.compareTo(deadline) < 0 ? atMost : deadline, ticker);
    KeyLookup.Batch pointerBatch = pointers == null ? null : pointers.begin(pointersAsked, end);
    KeyLookup.Batch itemBatch = items == null ? null : items.begin(itemsAsked, end);
    names = pointerBatch == null ? Map.of() : pointerBatch.await();
    references = itemBatch == null ? Map.of() : itemBatch.await();
    pointersAsked.clear();
    itemsAsked.clear();
  }

  @Override
  public void find(EnrichedLine line) {
    String pointer = pointerName(line);
    if (pointer != null) {
      Answer name = names.getOrDefault(pointer, Answer.LATE);
      line.hostName(name.json());
      line.warnings().addUnless(!name.isUnavailable(), Warning.REVERSE_DNS_UNAVAILABLE);
    }
    String key = itemKey(line);
    if (key != null) {
      Answer item = references.getOrDefault(key, Answer.LATE);
      line.reference(item.json());
      line.warnings().addUnless(!item.isUnavailable(), Warning.REFERENCE_UNAVAILABLE);
    }
  }
}
