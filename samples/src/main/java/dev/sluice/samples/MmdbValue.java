package dev.sluice.samples;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of the data section of a MaxMind DB file, one record per type of the format
 * (https://maxmind.github.io/MaxMind-DB/, "Data Field Format").
 */
public sealed interface MmdbValue {

  /** UTF-8 text of at most 16,843,036 bytes. */
  record Text(String value) implements MmdbValue {}

  /** Opaque bytes, at most 16,843,036. The array is not copied. */
  record Bytes(byte[] value) implements MmdbValue {}

  record Float64(double value) implements MmdbValue {}

  record Float32(float value) implements MmdbValue {}

  record Bool(boolean value) implements MmdbValue {}

  /** A signed number of 32 bits. */
  record Int32(int value) implements MmdbValue {}

  /** A number from 0 to 2^bits - 1; {@code bits} is 16, 32, 64 or 128. */
  record Unsigned(int bits, BigInteger value) implements MmdbValue {
    public Unsigned {
      if (bits != 16 && bits != 32 && bits != 64 && bits != 128) {
        throw new IllegalArgumentException(
            "the format knows no unsigned number of " + bits + " bits");
      }
      if (value.signum() < 0 || value.bitLength() > bits) {
        throw new IllegalArgumentException(value + " is no unsigned number of " + bits + " bits");
      }
    }
  }

  record Array(List<MmdbValue> values) implements MmdbValue {
    public Array {
      values = List.copyOf(values);
    }
  }

  /** A map with text keys; written in the order of the given map. */
  record Struct(Map<String, MmdbValue> fields) implements MmdbValue {
    public Struct {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  static MmdbValue text(String value) {
    return new Text(value);
  }

  static MmdbValue uint16(int value) {
    return new Unsigned(16, BigInteger.valueOf(value));
  }

  static MmdbValue uint32(long value) {
    return new Unsigned(32, BigInteger.valueOf(value));
  }

  static MmdbValue uint64(long value) {
    return new Unsigned(64, BigInteger.valueOf(value));
  }

  /** A map of texts, such as names by language. */
  static MmdbValue texts(Map<String, String> texts) {
    var fields = new LinkedHashMap<String, MmdbValue>();
    texts.forEach((key, text) -> fields.put(key, new Text(text)));
    return new Struct(fields);
  }
}
