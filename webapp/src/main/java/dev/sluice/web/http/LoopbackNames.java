package dev.sluice.web.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names that always mean this machine. No other name is looked up: it counts as elsewhere. */
public final class LoopbackNames {

  /** 127.0.0.0/8, RFC 1122 section 3.2.1.3. */
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private LoopbackNames() {}

  /**
   * @param host name or address literal, an IPv6 one with or without brackets
   */
  public static boolean contains(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }
}
