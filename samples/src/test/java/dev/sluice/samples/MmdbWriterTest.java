package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.maxmind.db.Reader;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MmdbWriterTest {

  private static Object roundTrip(MmdbValue value) throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(24, 4));
    writer.insert(IpNetwork.parse("1.2.3.0/24"), new MmdbValue.Struct(Map.of("value", value)));
    return Mmdb.reader(Mmdb.bytes(writer)).get(Mmdb.inet("1.2.3.4"), Map.class).get("value");
  }

  private static MmdbValue.Unsigned unsigned(int bits, BigInteger value) {
    return new MmdbValue.Unsigned(bits, value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 28, 29, 30, 284, 285, 286, 65_820, 65_821, 65_822, 1_000_000})
  void writesTextsAndBytesOfEveryLengthEncoding(int length) throws IOException {
    assertThat(roundTrip(MmdbValue.text("x".repeat(length)))).isEqualTo("x".repeat(length));
    var bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 0xF0);
    assertThat(roundTrip(new MmdbValue.Bytes(bytes))).isEqualTo(bytes);
  }

  @Test
  void writesTextAsUtf8() throws IOException {
    assertThat(roundTrip(MmdbValue.text("Orléans 東京 🌍"))).isEqualTo("Orléans 東京 🌍");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 65_535})
  void writesUnsigned16(int value) throws IOException {
    assertThat(roundTrip(MmdbValue.uint16(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 65_536, 2_147_483_648L, 4_294_967_295L})
  void writesUnsigned32(long value) throws IOException {
    assertThat(roundTrip(MmdbValue.uint32(value))).isEqualTo(value);
  }

  @Test
  void writesLargeUnsignedNumbers() throws IOException {
    for (int bits = 0; bits <= 128; bits++) {
      BigInteger value = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      assertThat(roundTrip(unsigned(128, value))).isEqualTo(value);
      if (bits <= 64) {
        assertThat(roundTrip(unsigned(64, value))).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 255, -255, 32_768, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void writesSigned32(int value) throws IOException {
    assertThat(roundTrip(new MmdbValue.Int32(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1.5,
        -122.4194,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN
      })
  void writesFloatingPointNumbers(double value) throws IOException {
    assertThat(roundTrip(new MmdbValue.Float64(value))).isEqualTo(value);
    assertThat(roundTrip(new MmdbValue.Float32((float) value))).isEqualTo((float) value);
  }

  @Test
  void writesBooleansArraysAndMaps() throws IOException {
    var element =
        new MmdbValue.Struct(
            Map.of(
                "deep",
                new MmdbValue.Array(List.of(MmdbValue.text("a"), MmdbValue.text("longer text")))));
    var array =
        new MmdbValue.Array(
            List.of(new MmdbValue.Bool(true), new MmdbValue.Bool(false), element, element));
    Map<String, List<String>> read = Map.of("deep", List.of("a", "longer text"));
    assertThat(roundTrip(array)).isEqualTo(List.of(true, false, read, read));
    assertThat(roundTrip(new MmdbValue.Array(List.of()))).isEqualTo(List.of());
    assertThat(roundTrip(new MmdbValue.Struct(Map.of()))).isEqualTo(Map.of());
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    assertThatThrownBy(() -> MmdbValue.uint16(65_536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MmdbValue.uint32(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> unsigned(8, BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> unsigned(128, BigInteger.ONE.shiftLeft(128)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Enough distinct texts to need pointers of two, three and four bytes. */
  @Test
  void followsPointersOfEverySize() throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(28, 4));
    int networks = 20_000;
    for (int i = 0; i < networks; i++) {
      var fields = new LinkedHashMap<String, MmdbValue>();
      fields.put("name", MmdbValue.text("a network with the rather long name of number " + i));
      fields.put(
          "twin",
          MmdbValue.text("a network with the rather long name of number " + (networks - i)));
      writer.insert(
          new IpNetwork(IpAddress.ipv4((i << 16) + (1 << 24)), 16), new MmdbValue.Struct(fields));
    }
    byte[] file = Mmdb.bytes(writer);
    assertThat(file.length).isGreaterThan(1 << 20);
    Reader reader = Mmdb.reader(file);
    for (int i = 0; i < networks; i++) {
      Map<?, ?> read = reader.get(Mmdb.inet(IpAddress.ipv4((i << 16) + (1 << 24) + 77)), Map.class);
      assertThat(read.get("name")).isEqualTo("a network with the rather long name of number " + i);
      assertThat(read.get("twin"))
          .isEqualTo("a network with the rather long name of number " + (networks - i));
    }
  }

  @ParameterizedTest
  @CsvSource({"24, 4", "28, 4", "32, 4", "24, 6", "28, 6", "32, 6"})
  void givesEveryAddressTheValueOfItsInnermostNetwork(int recordSize, int ipVersion)
      throws IOException {
    var dice = new Dice(recordSize + ipVersion);
    var writer = new MmdbWriter(Mmdb.metadata(recordSize, ipVersion));
    var byNetwork = new HashMap<IpNetwork, Integer>();
    for (int prefixLength = 4; prefixLength <= 32; prefixLength++) {
      for (int i = 0; i < 40; i++) {
        int mask = -1 << (32 - prefixLength);
        insert(
            writer,
            byNetwork,
            new IpNetwork(IpAddress.ipv4((int) dice.nextLong() & mask), prefixLength));
      }
    }
    if (ipVersion == 6) {
      for (int prefixLength = 20; prefixLength <= 128; prefixLength++) {
        IpNetwork wide = IpNetwork.parse("2a00::/16");
        IpAddress host = wide.host(dice.nextLong(), dice.nextLong());
        long high = prefixLength < 64 ? host.high() & -1L << (64 - prefixLength) : host.high();
        long low =
            prefixLength <= 64
                ? 0
                : prefixLength == 128 ? host.low() : host.low() & -1L << (128 - prefixLength);
        insert(writer, byNetwork, new IpNetwork(new IpAddress(true, high, low), prefixLength));
      }
    }
    Reader reader = Mmdb.reader(Mmdb.bytes(writer));
    for (IpNetwork network : byNetwork.keySet()) {
      for (IpAddress address :
          List.of(
              network.address(),
              Mmdb.last(network),
              network.host(dice.nextLong(), dice.nextLong()))) {
        assertThat(reader.get(Mmdb.inet(address), Object.class))
            .as(address.toString())
            .isEqualTo(innermost(byNetwork, address));
      }
    }
    for (int i = 0; i < 2_000; i++) {
      IpAddress address = IpAddress.ipv4((int) dice.nextLong());
      assertThat(reader.get(Mmdb.inet(address), Object.class))
          .isEqualTo(innermost(byNetwork, address));
    }
  }

  private static void insert(
      MmdbWriter writer, Map<IpNetwork, Integer> byNetwork, IpNetwork network) {
    int value = byNetwork.size();
    writer.insert(network, new MmdbValue.Int32(value));
    byNetwork.put(network, value);
  }

  private static Integer innermost(Map<IpNetwork, Integer> byNetwork, IpAddress address) {
    return byNetwork.entrySet().stream()
        .filter(entry -> entry.getKey().contains(address))
        .max(java.util.Comparator.comparingInt(entry -> entry.getKey().prefixLength()))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"203.0.113.42", "::203.0.113.42", "::ffff:203.0.113.42", "2002:cb00:712a::1"})
  void findsIpv4UnderItsIpv6Aliases(String literal) throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(28, 6));
    writer.insert(IpNetwork.parse("203.0.113.0/24"), MmdbValue.text("Paris"));
    Reader reader = Mmdb.reader(Mmdb.bytes(writer));
    var inet = java.net.InetAddress.getByName(literal);
    assertThat(reader.get(inet, String.class)).isEqualTo("Paris");
  }

  @Test
  void saysItsMetadata() throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(32, 6));
    writer.insert(IpNetwork.parse("1.0.0.0/8"), MmdbValue.text("x"));
    var metadata = Mmdb.reader(Mmdb.bytes(writer)).getMetadata();
    assertThat(metadata.binaryFormatMajorVersion()).isEqualTo(2);
    assertThat(metadata.binaryFormatMinorVersion()).isZero();
    assertThat(metadata.buildEpoch()).isEqualTo(1_700_000_000);
    assertThat(metadata.databaseType()).isEqualTo("Test-City");
    assertThat(metadata.languages()).containsExactly("en", "de");
    assertThat(metadata.description()).isEqualTo(Map.of("en", "A test", "de", "Ein Test"));
    assertThat(metadata.ipVersion()).isEqualTo(6);
    assertThat(metadata.recordSize()).isEqualTo(32);
    assertThat(metadata.nodeCount()).isEqualTo(writer.nodes());
  }

  @Test
  void storesEqualValuesOnce() throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(24, 4));
    MmdbValue city =
        new MmdbValue.Struct(Map.of("names", MmdbValue.texts(Map.of("en", "A city with a name"))));
    assertThat(writer.store(city))
        .isEqualTo(
            writer.store(
                new MmdbValue.Struct(
                    Map.of("names", MmdbValue.texts(Map.of("en", "A city with a name"))))));
    for (int i = 0; i < 256; i++) {
      writer.insert(new IpNetwork(IpAddress.ipv4(i << 24), 8), city);
    }
    byte[] file = Mmdb.bytes(writer);
    assertThat(file.length).isLessThan(255 * 6 + 16 + 60 + 350);
  }

  @Test
  void refusesNetworksThatItCannotHold() {
    var ipv4 = new MmdbWriter(Mmdb.metadata(24, 4));
    MmdbValue value = MmdbValue.text("x");
    ipv4.insert(IpNetwork.parse("10.1.0.0/16"), value);
    assertThatThrownBy(() -> ipv4.insert(IpNetwork.parse("10.0.0.0/8"), value))
        .hasMessageContaining("10.0.0.0/8");
    assertThatThrownBy(() -> ipv4.insert(IpNetwork.parse("2001:db8::/32"), value))
        .hasMessageContaining("2001:db8::/32");
    assertThatThrownBy(() -> ipv4.insert(IpNetwork.parse("0.0.0.0/0"), value))
        .hasMessageContaining("0.0.0.0/0");
    var ipv6 = new MmdbWriter(Mmdb.metadata(24, 6));
    assertThatThrownBy(() -> ipv6.insert(IpNetwork.parse("2002:cb00::/32"), value))
        .hasMessageContaining("2002::/16");
    assertThatThrownBy(() -> ipv6.insert(IpNetwork.parse("2000::/3"), value))
        .hasMessageContaining("2000::/3");
  }

  @Test
  void refusesRecordsTooSmallForTheData() throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(24, 4));
    writer.insert(IpNetwork.parse("1.0.0.0/8"), new MmdbValue.Bytes(new byte[16_800_000]));
    assertThatThrownBy(() -> Mmdb.bytes(writer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("record size 24");
  }

  @Test
  void takesTheNewValueOfTheSameNetwork() throws IOException {
    var writer = new MmdbWriter(Mmdb.metadata(24, 4));
    writer.insert(IpNetwork.parse("1.0.0.0/8"), MmdbValue.text("old"));
    writer.insert(IpNetwork.parse("1.0.0.0/8"), MmdbValue.text("new"));
    assertThat(Mmdb.reader(Mmdb.bytes(writer)).get(Mmdb.inet("1.2.3.4"), String.class))
        .isEqualTo("new");
  }
}
