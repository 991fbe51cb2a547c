package dev.sluice.samples;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a MaxMind DB file says about itself.
 *
 * @param databaseType the name that readers decide by; GeoIP2 reads cities from a type that
 *     contains {@code City}
 * @param languages languages of the names, such as {@code en}
 * @param description a sentence by language
 * @param buildTime the build epoch; never read from a clock here, so that bytes repeat
 * @param recordSize bits of one record of the search tree: 24, 28 or 32
 * @param ipVersion 4, or 6 for a tree that holds IPv4 under {@code ::/96} too
 */
public record MmdbMetadata(
    String databaseType,
    List<String> languages,
    Map<String, String> description,
    Instant buildTime,
    int recordSize,
    int ipVersion) {

  public MmdbMetadata {
    languages = List.copyOf(languages);
    description = Map.copyOf(description);
    if (recordSize != 24 && recordSize != 28 && recordSize != 32) {
      throw new IllegalArgumentException("record size is 24, 28 or 32 bits, not " + recordSize);
    }
    if (ipVersion != 4 && ipVersion != 6) {
      throw new IllegalArgumentException("IP version is 4 or 6, not " + ipVersion);
    }
  }

  public static MmdbMetadata city(String databaseType, List<String> languages, Instant buildTime) {
    return new MmdbMetadata(
        databaseType,
        languages,
        Map.of("en", "Sample of Sluice: invented networks"),
        buildTime,
        28,
        6);
  }

  public MmdbMetadata withRecordSize(int bits) {
    return new MmdbMetadata(databaseType, languages, description, buildTime, bits, ipVersion);
  }

  public MmdbMetadata withIpVersion(int version) {
    return new MmdbMetadata(databaseType, languages, description, buildTime, recordSize, version);
  }

  MmdbValue toValue(int nodeCount) {
    var sortedDescription = new TreeMap<>(description);
    var fields = new LinkedHashMap<String, MmdbValue>();
    fields.put("binary_format_major_version", MmdbValue.uint16(2));
    fields.put("binary_format_minor_version", MmdbValue.uint16(0));
    fields.put("build_epoch", MmdbValue.uint64(buildTime.getEpochSecond()));
    fields.put("database_type", MmdbValue.text(databaseType));
    fields.put("description", MmdbValue.texts(sortedDescription));
    fields.put("ip_version", MmdbValue.uint16(ipVersion));
    fields.put("languages", new MmdbValue.Array(languages.stream().map(MmdbValue::text).toList()));
    fields.put("node_count", MmdbValue.uint32(nodeCount));
    fields.put("record_size", MmdbValue.uint16(recordSize));
    return new MmdbValue.Struct(fields);
  }
}
