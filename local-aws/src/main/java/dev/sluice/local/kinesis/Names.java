package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Names and hash keys as the service's model constrains them. */
final class Names {
  private static final int NAME_LENGTH_MAX = 128;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

  private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");

  private Names() {}

  /** The name of a stream, a shard or a consumer. */
  static String required(Input input, String member) {
    String name = input.requiredText(member);
    if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
      throw input.invalid(member, name, "Member must have length between 1 and " + NAME_LENGTH_MAX);
    }
    if (!NAME.matcher(name).matches()) {
      throw input.invalid(
          member, name, "Member must satisfy regular expression pattern: " + NAME.pattern());
    }
    return name;
  }

  /** A required hash key: decimal digits, at most 2^128-1. */
  static BigInteger hashKey(Input input, String member) {
    String text = input.requiredText(member);
    if (!HASH_KEY.matcher(text).matches()) {
      throw input.invalid(
          member, text, "Member must satisfy regular expression pattern: " + HASH_KEY.pattern());
    }
    var hashKey = new BigInteger(text);
    if (hashKey.compareTo(HashRange.MAX_HASH_KEY) > 0) {
      throw ServiceError.invalidArgument(
          "Invalid "
              + member
              + ". "
              + member
              + " must be in the range: [0, 2^128-1]. Specified value was "
              + text);
    }
    return hashKey;
  }
}
