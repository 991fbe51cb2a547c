package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.samples.SampleGeo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding the place of a host allocates nothing once its record is known. */
class GeoAllocationTest {
  /** Rounds until the JIT compiler must have been there; a few are enough as a rule. */
  private static final int MAX_ROUNDS = 1_000;

  private static final int HOSTS = 2_000;

  @TempDir private Path folder;
  private Path file;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @BeforeEach
  void writeDatabase() throws IOException {
    file = folder.resolve("geo.mmdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      new SampleGeo().writeTo(out, SampleGeo.metadata());
    }
  }

  private static List<byte[]> hosts() throws IOException {
    var random = new Random(4);
    var networks = new SampleGeo().networks();
    var hosts = new ArrayList<byte[]>();
    for (int i = 0; i < HOSTS; i++) {
      String network = networks.get(random.nextInt(networks.size())).network().toString();
      byte[] address =
          InetAddress.getByName(network.substring(0, network.indexOf('/'))).getAddress();
      address[address.length - 1] = (byte) random.nextInt(256);
      hosts.add(
          InetAddress.getByAddress(address).getHostAddress().getBytes(StandardCharsets.US_ASCII));
    }
    hosts.add("crawl-1.example.com".getBytes(StandardCharsets.US_ASCII));
    hosts.add("::ffff:203.0.113.42".getBytes(StandardCharsets.US_ASCII));
    return hosts;
  }

  @Test
  void allocatesNothingWhenRecordsAreKnown() throws IOException {
    List<byte[]> hosts = hosts();
    try (var fragments = TestDatabases.open(file, 100_000, new SimpleMeterRegistry())) {
      GeoFinder finder = fragments.newFinder().orElseThrow();
      long allocated = Long.MAX_VALUE;
      long found = 0;
      for (int round = 0; round < MAX_ROUNDS && allocated > 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < hosts.size(); i++) {
          byte[] host = hosts.get(i);
          finder.find(host, 0, host.length);
          found += finder.place().length;
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).isZero();
      assertThat(found).isPositive();
    }
  }

  /** The cache of all threads is asked without allocating too. */
  @Test
  void allocatesNothingWhenOnlyTheSharedCacheKnows() throws IOException {
    var source =
        new RecordFragments.Source<>("city", file, CityDatabase::open, FlatGeo::renderPlace);
    try (var shared = new RecordFragments<>(source, 100, "geoip", new SimpleMeterRegistry())) {
      var address = new AddressBits();
      address.set(0, Address.lowOfIpv4(203 << 24 | 113 << 8 | 42));
      long record = shared.current().database().record(address.high(), address.low());
      var key = new RecordKey();
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < MAX_ROUNDS && allocated > 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < HOSTS; i++) {
          shared.find(shared.current(), record, key);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).isZero();
    }
  }
}
