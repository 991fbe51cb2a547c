package dev.sluice.jmh.pipeline;

import java.util.regex.Pattern;

/** Tells addresses from host names, which must never be resolved. */
final class Addresses {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}+");

  private Addresses() {}

  static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }
}
