package dev.sluice.local.firehose;

import java.util.Map;

/**
 * What becomes of one record.
 *
 * @param data what is delivered; null unless OK
 * @param partitionKeys of an OK record
 * @param errorCode null unless FAILED, like the message
 */
record Verdict(
    Kind kind,
    byte[] data,
    Map<String, String> partitionKeys,
    String errorCode,
    String errorMessage) {

  enum Kind {
    OK,
    DROPPED,
    FAILED
  }

  static final Verdict DROPPED = new Verdict(Kind.DROPPED, null, Map.of(), null, null);

  static Verdict ok(byte[] data, Map<String, String> partitionKeys) {
    return new Verdict(Kind.OK, data, partitionKeys, null, null);
  }

  static Verdict failed(String code, String message) {
    return new Verdict(Kind.FAILED, null, Map.of(), code, message);
  }
}
