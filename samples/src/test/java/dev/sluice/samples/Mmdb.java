package dev.sluice.samples;

import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What tests of MaxMind DB files share. */
final class Mmdb {

  private Mmdb() {}

  static MmdbMetadata metadata(int recordSize, int ipVersion) {
    return new MmdbMetadata(
        "Test-City",
        List.of("en", "de"),
        Map.of("en", "A test", "de", "Ein Test"),
        Instant.ofEpochSecond(1_700_000_000),
        recordSize,
        ipVersion);
  }

  static byte[] bytes(MmdbWriter writer) throws IOException {
    var out = new ByteArrayOutputStream();
    writer.writeTo(out);
    return out.toByteArray();
  }

  static Reader reader(byte[] file) throws IOException {
    return new Reader(new ByteArrayInputStream(file));
  }

  static InetAddress inet(String literal) throws IOException {
    return inet(IpAddress.parse(literal));
  }

  static InetAddress inet(IpAddress address) throws java.net.UnknownHostException {
    byte[] bits =
        address.ipv6()
            ? ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array()
            : ByteBuffer.allocate(4).putInt((int) (address.high() >>> 32)).array();
    return InetAddress.getByAddress(bits);
  }

  /** The last address of a network. */
  static IpAddress last(IpNetwork network) {
    return network.host(-1, -1);
  }
}
