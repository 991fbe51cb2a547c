package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.NoCache;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import dev.sluice.samples.IpNetwork;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import dev.sluice.samples.MmdbWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our walk against that of maxmind-db, on every shape of the format. Time-outs catch a hang. */
@Timeout(120)
class SearchTreeTest {
  private static final int NETWORKS = 3_000;
  private static final int RANDOM_ADDRESSES = 20_000;

  @TempDir private static Path folder;

  private static Stream<Arguments> shapes() {
    return Stream.of(24, 28, 32)
        .flatMap(size -> Stream.of(4, 6).map(version -> Arguments.of(size, version)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void findsTheRecordThatTheLibraryFinds(int recordSize, int ipVersion) throws IOException {
    var random = new Random(recordSize + ipVersion);
    List<IpNetwork> networks = networks(random, ipVersion);
    Path file = write(networks, recordSize, ipVersion);
    try (var library = new Reader(file.toFile(), FileMode.MEMORY_MAPPED, NoCache.getInstance())) {
      SearchTree tree = MaxMindFile.open(file).tree();
      var walk = new TreeWalk(tree);
      var recordOfValue = new HashMap<String, Long>();
      int found = 0;
      List<Address> addresses = new ArrayList<>(addresses(random, networks));
      addresses.addAll(addresses); // once more, when the walk has seen all of their prefixes
      for (Address address : addresses) {
        String value = value(library, address, ipVersion);
        long record = tree.find(address.high(), address.low());
        assertThat(walk.find(address.high(), address.low()))
            .as(address::toString)
            .isEqualTo(record);
        if (value == null) {
          assertThat(record).as(address::toString).isEqualTo(SearchTree.NOTHING);
        } else {
          found++;
          assertThat(record).as(address::toString).isNotEqualTo(SearchTree.NOTHING);
          assertThat(recordOfValue.computeIfAbsent(value, first -> record))
              .as(address::toString)
              .isEqualTo(record);
        }
      }
      assertThat(new HashSet<>(recordOfValue.values())).hasSameSizeAs(recordOfValue.keySet());
      assertThat(recordOfValue.size()).isGreaterThan(NETWORKS / 3);
      assertThat(found).isGreaterThan(RANDOM_ADDRESSES / 2);
    }
  }

  /** Every node and record of a broken tree may be anything; a walk reads nothing outside of it. */
  @ParameterizedTest
  @MethodSource("shapes")
  void walksBrokenTreesAsTheLibraryDoes(int recordSize, int ipVersion) throws IOException {
    var random = new Random(17);
    byte[] sound = Files.readAllBytes(write(List.of(), recordSize, ipVersion));
    for (int round = 0; round < 50; round++) {
      Path file = folder.resolve("broken-" + recordSize + ipVersion + round);
      byte[] broken = sound.clone();
      int nodes = broken.length;
      try (var library = new Reader(Files.write(file, broken).toFile())) {
        nodes = (int) library.getMetadata().nodeCount();
      }
      for (int i = 0; i < nodes * recordSize / 4; i++) {
        broken[i] = (byte) (i % 4 == 0 ? random.nextInt(256) : random.nextInt(2) * nodes / 2);
      }
      Files.write(file, broken);
      try (var library = new Reader(file.toFile(), FileMode.MEMORY_MAPPED, NoCache.getInstance())) {
        SearchTree tree = MaxMindFile.open(file).tree();
        var walk = new TreeWalk(tree);
        for (int i = 0; i < 50; i++) {
          Address address =
              random.nextBoolean()
                  ? Address.ofIpv4(random.nextInt())
                  : new Address(random.nextLong(), random.nextLong());
          long record = tree.find(address.high(), address.low());
          assertThat(walk.find(address.high(), address.low())).isEqualTo(record);
          if (record == SearchTree.NOTHING) {
            assertThat(value(library, address, ipVersion)).isNull();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"24, 0", "24, 15", "28, 0", "28, 15", "32, 0", "32, 15"})
  void knowsNothingInATreeWithoutRecords(int recordSize, int lastByte) throws IOException {
    Path file = write(List.of(), recordSize, 6);
    SearchTree tree = MaxMindFile.open(file).tree();
    assertThat(tree.find(0, lastByte)).isEqualTo(SearchTree.NOTHING);
    assertThat(tree.find(-1, -1 << lastByte)).isEqualTo(SearchTree.NOTHING);
    assertThat(tree.find(0, Address.lowOfIpv4(lastByte))).isEqualTo(SearchTree.NOTHING);
  }

  /** The value's text, or null. The library throws for IPv6 in an IPv4 database: nothing known. */
  private static String value(Reader library, Address address, int ipVersion) throws IOException {
    if (ipVersion == 4 && !address.isIpv4()) {
      return null;
    }
    InetAddress inet = address.toInetAddress();
    return library.get(inet, String.class);
  }

  /** Seeded networks of every prefix, wider ones first, as the writer wants them. */
  private static List<IpNetwork> networks(Random random, int ipVersion) {
    Set<String> texts = new HashSet<>();
    while (texts.size() < NETWORKS) {
      boolean ipv6 = ipVersion == 6 && random.nextBoolean();
      byte[] bytes = new byte[ipv6 ? 16 : 4];
      random.nextBytes(bytes);
      int prefix = ipv6 ? 16 + random.nextInt(113) : 8 + random.nextInt(25);
      if (ipv6) {
        bytes[0] = 0x24; // not among the aliases of IPv4
      }
      for (int bit = prefix; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
      }
      try {
        texts.add(InetAddress.getByAddress(bytes).getHostAddress() + '/' + prefix);
      } catch (java.net.UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
    return texts.stream()
        .sorted()
        .map(IpNetwork::parse)
        .sorted(Comparator.comparingInt(IpNetwork::prefixLength))
        .toList();
  }

  private static Path write(List<IpNetwork> networks, int recordSize, int ipVersion)
      throws IOException {
    MmdbMetadata metadata = TestDatabases.CITY.withRecordSize(recordSize).withIpVersion(ipVersion);
    var writer = new MmdbWriter(metadata);
    for (IpNetwork network : networks) {
      writer.insert(network, MmdbValue.text(network.toString()));
    }
    Path file = Files.createTempFile(folder, "tree", ".mmdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      writer.writeTo(out);
    }
    return file;
  }

  /** Random ones, and first, last, one before and one after of each network. */
  private static List<Address> addresses(Random random, List<IpNetwork> networks) {
    var addresses = new ArrayList<Address>();
    for (IpNetwork network : networks) {
      AddressRange range = AddressRange.parse(network.toString());
      long high = range.network().high();
      long low = range.network().low();
      int hostBits = 128 - range.prefixBits();
      long lastLow = low | (hostBits >= 64 ? -1 : (1L << hostBits) - 1);
      long lastHigh = high | (hostBits <= 64 ? 0 : (1L << hostBits - 64) - 1);
      addresses.add(new Address(high, low));
      addresses.add(new Address(lastHigh, lastLow));
      addresses.add(new Address(low == 0 ? high - 1 : high, low - 1));
      addresses.add(new Address(lastLow == -1 ? lastHigh + 1 : lastHigh, lastLow + 1));
      addresses.add(new Address(high, low ^ random.nextLong() & lastLow - low));
    }
    for (int i = 0; i < RANDOM_ADDRESSES; i++) {
      addresses.add(Address.ofIpv4(random.nextInt()));
      addresses.add(new Address(0x2400L << 48 | random.nextLong() >>> 16, random.nextLong()));
      addresses.add(new Address(random.nextLong(), random.nextLong()));
      addresses.add(new Address(0, Integer.toUnsignedLong(random.nextInt()))); // IPv4-compatible
      addresses.add(new Address(0x2002L << 48 | random.nextLong() >>> 16, 0)); // 6to4
    }
    return addresses;
  }
}
