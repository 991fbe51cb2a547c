package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The data section of a MaxMind DB file. Every text, byte string, array and map is stored once,
 * before the values that hold it; those hold a pointer. Equal values therefore have equal bytes,
 * and finding them again needs no objects: the index is a hash table of offsets into the section
 * itself, so memory is the section plus 8 bytes a slot.
 */
final class MmdbDataSection {
  private static final int INITIAL_BYTES = 1 << 16;

  /** A value this short is written in place: a pointer would not be shorter. */
  private static final int SHORTEST_SHARED_BYTES = 4;

  private final ByteBuilder section = new ByteBuilder(INITIAL_BYTES);
  private final ByteBuilder scratch = new ByteBuilder(256);
  private final MmdbEncoder encoder = new MmdbEncoder(scratch);

  /** Offset + 1 of a stored value, 0 for a free slot; the size is a power of two. */
  private int[] offsets = new int[1 << 12];

  private int[] hashes = new int[offsets.length];
  private int stored;

  ByteBuilder bytes() {
    return section;
  }

  /** Offset of the value in the section; an equal value has the same one. */
  int store(MmdbValue value) {
    int[] children = storeChildren(value);
    scratch.truncate(0);
    encode(value, children);
    return storeScratch();
  }

  /**
   * Offsets of the shared parts of an array or map, in order, {@code -1} for a part written in
   * place.
   */
  private int[] storeChildren(MmdbValue value) {
    if (value instanceof MmdbValue.Array array) {
      return array.values().stream().mapToInt(this::storeShared).toArray();
    }
    if (value instanceof MmdbValue.Struct struct) {
      var children = new int[2 * struct.fields().size()];
      int i = 0;
      for (Map.Entry<String, MmdbValue> field : struct.fields().entrySet()) {
        children[i++] = storeShared(new MmdbValue.Text(field.getKey()));
        children[i++] = storeShared(field.getValue());
      }
      return children;
    }
    return new int[0];
  }

  private int storeShared(MmdbValue value) {
    return isShared(value) ? store(value) : -1;
  }

  private static boolean isShared(MmdbValue value) {
    if (value instanceof MmdbValue.Text text) {
      return text.value().length() >= SHORTEST_SHARED_BYTES;
    }
    if (value instanceof MmdbValue.Bytes bytes) {
      return bytes.value().length >= SHORTEST_SHARED_BYTES;
    }
    if (value instanceof MmdbValue.Array array) {
      return !array.values().isEmpty();
    }
    return value instanceof MmdbValue.Struct struct && !struct.fields().isEmpty();
  }

  private void encode(MmdbValue value, int[] children) {
    if (value instanceof MmdbValue.Array array) {
      encoder.control(MmdbEncoder.ARRAY, array.values().size());
      for (int i = 0; i < children.length; i++) {
        encodeChild(array.values().get(i), children[i]);
      }
    } else if (value instanceof MmdbValue.Struct struct) {
      encoder.control(MmdbEncoder.MAP, struct.fields().size());
      int i = 0;
      for (Map.Entry<String, MmdbValue> field : struct.fields().entrySet()) {
        encodeChild(new MmdbValue.Text(field.getKey()), children[i++]);
        encodeChild(field.getValue(), children[i++]);
      }
    } else {
      encodeLeaf(encoder, value);
    }
  }

  private void encodeChild(MmdbValue child, int offset) {
    if (offset >= 0) {
      encoder.pointer(offset);
    } else {
      encode(child, new int[0]);
    }
  }

  private static void encodeLeaf(MmdbEncoder encoder, MmdbValue value) {
    if (value instanceof MmdbValue.Text text) {
      encoder.bytes(MmdbEncoder.UTF8, text.value().getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof MmdbValue.Bytes bytes) {
      encoder.bytes(MmdbEncoder.BYTES, bytes.value());
    } else if (value instanceof MmdbValue.Unsigned number) {
      encoder.unsigned(number);
    } else if (value instanceof MmdbValue.Int32 number) {
      encoder.int32(number.value());
    } else if (value instanceof MmdbValue.Float64 number) {
      encoder.float64(number.value());
    } else if (value instanceof MmdbValue.Float32 number) {
      encoder.float32(number.value());
    } else if (value instanceof MmdbValue.Bool bool) {
      encoder.bool(bool.value());
    } else {
      throw new IllegalArgumentException("not a leaf: " + value.getClass());
    }
  }

  /** A value without pointers, as the metadata section wants its one map first. */
  static void encodeInPlace(MmdbValue value, ByteBuilder out) {
    var encoder = new MmdbEncoder(out);
    if (value instanceof MmdbValue.Array array) {
      encoder.control(MmdbEncoder.ARRAY, array.values().size());
      array.values().forEach(element -> encodeInPlace(element, out));
    } else if (value instanceof MmdbValue.Struct struct) {
      encoder.control(MmdbEncoder.MAP, struct.fields().size());
      struct
          .fields()
          .forEach(
              (key, field) -> {
                encodeLeaf(encoder, new MmdbValue.Text(key));
                encodeInPlace(field, out);
              });
    } else {
      encodeLeaf(encoder, value);
    }
  }

  private int storeScratch() {
    int hash = scratchHash();
    int slot = hash & (offsets.length - 1);
    while (offsets[slot] != 0) {
      if (hashes[slot] == hash && standsAt(offsets[slot] - 1)) {
        return offsets[slot] - 1;
      }
      slot = (slot + 1) & (offsets.length - 1);
    }
    int offset = section.length();
    section.put(scratch.array(), 0, scratch.length());
    offsets[slot] = offset + 1;
    hashes[slot] = hash;
    stored++;
    if (stored > offsets.length / 2) {
      growIndex();
    }
    return offset;
  }

  private int scratchHash() {
    int hash = 0;
    for (int i = 0; i < scratch.length(); i++) {
      hash = 31 * hash + scratch.array()[i];
    }
    return hash ^ (hash >>> 15);
  }

  /** An encoding tells its own end, so equal first bytes mean equal values. */
  private boolean standsAt(int offset) {
    int end = offset + scratch.length();
    return end <= section.length()
        && Arrays.equals(section.array(), offset, end, scratch.array(), 0, scratch.length());
  }

  private void growIndex() {
    int[] oldOffsets = offsets;
    int[] oldHashes = hashes;
    offsets = new int[2 * oldOffsets.length];
    hashes = new int[offsets.length];
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != 0) {
        int slot = oldHashes[i] & (offsets.length - 1);
        while (offsets[slot] != 0) {
          slot = (slot + 1) & (offsets.length - 1);
        }
        offsets[slot] = oldOffsets[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }
}
