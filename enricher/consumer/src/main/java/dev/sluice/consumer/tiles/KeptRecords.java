package dev.sluice.consumer.tiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw records of a tile, packed one behind the other into a few large arrays. They are wanted
 * again only when a race is lost; until then, as six objects each, every collection of the young
 * generation would have to visit and copy them, tens of thousands while tiles are on their way.
 * Bounded by whoever adds; a record takes its payload, its sequence number and {@value #HEAD_BYTES}
 * bytes. Not thread-safe.
 */
final class KeptRecords {
  /** Of the first array; each one is twice as large as the one before, up to the largest. */
  private static final int FIRST_CHUNK_BYTES = 4 * 1024;

  private static final int LARGEST_CHUNK_BYTES = 256 * 1024;

  /** Sub-sequence number, arrival, attempt and the two lengths. */
  private static final int HEAD_BYTES =
      Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES + Integer.BYTES + Byte.BYTES;

  private final List<ByteBuffer> full = new ArrayList<>();
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private int size;

  int size() {
    return size;
  }

  void add(RawRecord record) {
    Position position = record.position();
    String number = position.sequenceNumber();
    byte[] payload = record.payload();
    int bytes = HEAD_BYTES + number.length() + payload.length;
    if (chunk.remaining() < bytes) {
      if (chunk.position() > 0) {
        full.add(chunk);
      }
      int next = Math.min(LARGEST_CHUNK_BYTES, FIRST_CHUNK_BYTES << Math.min(full.size(), 16));
      chunk = ByteBuffer.allocate(Math.max(next, bytes));
    }
    chunk.putLong(position.subSequenceNumber());
    chunk.putLong(record.arrival().getEpochSecond());
    chunk.putInt(record.arrival().getNano());
    chunk.putInt(record.attempt());
    chunk.putInt(payload.length);
    chunk.put((byte) number.length()); // at most Position.MAX_DIGITS, 128: as unsigned
    for (int i = 0; i < number.length(); i++) {
      chunk.put((byte) number.charAt(i));
    }
    chunk.put(payload);
    size++;
  }

  /** The records again, equal to those that were added, in their order. */
  List<RawRecord> unpack() {
    var records = new ArrayList<RawRecord>(size);
    for (ByteBuffer each : full) {
      unpack(each.duplicate().flip(), records);
    }
    unpack(chunk.duplicate().flip(), records);
    return records;
  }

  private static void unpack(ByteBuffer from, List<RawRecord> records) {
    while (from.hasRemaining()) {
      long subSequenceNumber = from.getLong();
      Instant arrival = Instant.ofEpochSecond(from.getLong(), from.getInt());
      int attempt = from.getInt();
      byte[] payload = new byte[from.getInt()];
      byte[] number = new byte[Byte.toUnsignedInt(from.get())];
      from.get(number);
      from.get(payload);
      var position =
          new Position(new String(number, StandardCharsets.ISO_8859_1), subSequenceNumber);
      records.add(new RawRecord(position, arrival, payload, attempt));
    }
  }
}
