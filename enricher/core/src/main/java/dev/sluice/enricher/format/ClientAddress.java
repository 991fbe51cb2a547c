package dev.sluice.enricher.format;

import dev.sluice.enricher.geo.AddressBits;
import dev.sluice.enricher.geo.AddressRange;
import java.util.List;

/**
 * Finds who sent a request that came through proxies, as mod_remoteip does: from the peer of the
 * connection leftwards through X-Forwarded-For, the first address that is no trusted proxy.
 * Whatever stands to the left of it may be forged.
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#processing">Remote IP
 *     Processing</a>
 */
public final class ClientAddress {
  private final List<AddressRange> trustedProxies;
  private final AddressBits address = new AddressBits();

  public ClientAddress(List<AddressRange> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Makes the client's address the remote host of a line whose format has X-Forwarded-For; other
   * lines stay as they are.
   *
   * @return false when a trusted proxy was told something that is no address, so that the proxy is
   *     all that is known
   */
  public boolean resolve(AccessLogLine line) {
    if (!line.has(Field.FORWARDED_FOR)) {
      return true;
    }
    Field peer = line.has(Field.CLIENT_ADDRESS) ? Field.CLIENT_ADDRESS : Field.REMOTE_HOST;
    if (line.has(peer) && !isTrusted(line, peer)) {
      return true;
    }
    return line.isMissing(Field.FORWARDED_FOR) ? keepOrTakeDash(line) : walk(line);
  }

  private boolean isTrusted(AccessLogLine line, Field field) {
    return HostAddress.parse(line.buffer(), line.from(field), line.to(field), address)
        && isTrusted();
  }

  /** Whether the address that was read last is that of a proxy. */
  private boolean isTrusted() {
    for (int i = 0; i < trustedProxies.size(); i++) { // an iterator would be allocated
      if (trustedProxies.get(i).contains(address.high(), address.low())) {
        return true;
      }
    }
    return false;
  }

  /** A trusted proxy that forwards for nobody is itself the client. */
  private static boolean keepOrTakeDash(AccessLogLine line) {
    if (!line.has(Field.REMOTE_HOST)) {
      line.set(Field.REMOTE_HOST, line.from(Field.FORWARDED_FOR), line.to(Field.FORWARDED_FOR));
    }
    return true;
  }

  private boolean walk(AccessLogLine line) {
    byte[] text = line.buffer();
    int first = line.from(Field.FORWARDED_FOR);
    int end = line.to(Field.FORWARDED_FOR);
    while (end > first) {
      int start = end;
      while (start > first && text[start - 1] != ',') {
        start--;
      }
      int from = skipBlanks(text, start, end);
      int to = skipBlanksBack(text, from, end);
      end = start - 1;
      if (from == to) {
        continue; // RFC 9110, 5.6.1: empty elements of a list mean nothing
      }
      if (!HostAddress.parse(text, from, to, address)) {
        if (!line.has(Field.REMOTE_HOST)) {
          line.set(Field.REMOTE_HOST, from, to);
        }
        return false;
      }
      line.set(Field.REMOTE_HOST, HostAddress.from(text, from, to), HostAddress.to(text, from, to));
      if (!isTrusted()) {
        return true;
      }
    }
    return true;
  }

  private static int skipBlanks(byte[] text, int from, int to) {
    int i = from;
    while (i < to && (text[i] == ' ' || text[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static int skipBlanksBack(byte[] text, int from, int to) {
    int i = to;
    while (i > from && (text[i - 1] == ' ' || text[i - 1] == '\t')) {
      i--;
    }
    return i;
  }
}
