package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MaxMind's own C library reads what we write. */
class MmdbLookupTest {
  private static final String ABSENT = "mmdblookup is not installed (Debian package mmdb-bin)";

  @TempDir Path folder;

  private static boolean installed;

  @BeforeAll
  static void looksForMmdblookup() throws InterruptedException {
    try {
      var version = new ProcessBuilder("mmdblookup", "--version").redirectErrorStream(true).start();
      installed = version.waitFor() == 0;
    } catch (IOException notFound) {
      System.out.println("skipped: " + ABSENT);
    }
  }

  @BeforeEach
  void needsMmdblookup() {
    assumeTrue(installed, ABSENT);
  }

  /**
   * The values that mmdblookup prints for an address, one text each, without the brackets around
   * them.
   */
  private static List<String> lookUp(Path file, IpAddress address)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("mmdblookup", "--file", file.toString(), "--ip", address.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !"{}[]".contains(line))
        .toList();
  }

  /** A value as mmdblookup prints it. */
  private static void print(MmdbValue value, List<String> out) {
    if (value instanceof MmdbValue.Struct struct) {
      struct
          .fields()
          .forEach(
              (key, field) -> {
                out.add("\"" + key + "\":");
                print(field, out);
              });
    } else if (value instanceof MmdbValue.Array array) {
      array.values().forEach(element -> print(element, out));
    } else if (value instanceof MmdbValue.Text text) {
      out.add("\"" + text.value() + "\" <utf8_string>");
    } else if (value instanceof MmdbValue.Unsigned number) {
      String text =
          number.bits() == 128
              ? String.format(Locale.ROOT, "0x%032X", number.value())
              : number.value().toString();
      out.add(text + " <uint" + number.bits() + ">");
    } else if (value instanceof MmdbValue.Int32 number) {
      out.add(number.value() + " <int32>");
    } else if (value instanceof MmdbValue.Float64 number) {
      out.add(String.format(Locale.ROOT, "%.6f <double>", number.value()));
    } else if (value instanceof MmdbValue.Float32 number) {
      out.add(String.format(Locale.ROOT, "%.6f <float>", number.value()));
    } else if (value instanceof MmdbValue.Bool bool) {
      out.add(bool.value() + " <boolean>");
    } else if (value instanceof MmdbValue.Bytes bytes) {
      out.add(java.util.HexFormat.of().withUpperCase().formatHex(bytes.value()) + " <bytes>");
    }
  }

  private static List<String> printed(MmdbValue value) {
    var out = new ArrayList<String>();
    print(value, out);
    return out;
  }

  @ParameterizedTest
  @CsvSource({"24, 4", "28, 4", "32, 4", "24, 6", "28, 6", "32, 6"})
  void readsTheSampleDatabase(int recordSize, int ipVersion)
      throws IOException, InterruptedException {
    var geo = new SampleGeo();
    Path file = folder.resolve("geo.mmdb");
    try (var out = Files.newOutputStream(file)) {
      geo.writeTo(out, SampleGeo.metadata().withRecordSize(recordSize).withIpVersion(ipVersion));
    }
    List<SampleGeo.Located> networks =
        geo.networks().stream()
            .filter(located -> ipVersion == 6 || !located.network().address().ipv6())
            .toList();
    for (int i = 0; i < networks.size(); i += 29) {
      SampleGeo.Located located = networks.get(i);
      assertThat(lookUp(file, Mmdb.last(located.network())))
          .isEqualTo(printed(located.record().toValue()));
    }
  }

  @Test
  void readsEveryTypeOfValue() throws IOException, InterruptedException {
    var fields = new LinkedHashMap<String, MmdbValue>();
    fields.put("text", MmdbValue.text("Orléans"));
    fields.put("long_text", MmdbValue.text("x".repeat(70_000)));
    fields.put("double", new MmdbValue.Float64(-122.4194));
    fields.put("float", new MmdbValue.Float32(1.5f));
    fields.put("bytes", new MmdbValue.Bytes(new byte[] {0, 1, (byte) 0xFE, (byte) 0xFF}));
    fields.put("uint16", MmdbValue.uint16(65_535));
    fields.put("uint32", MmdbValue.uint32(4_294_967_295L));
    fields.put(
        "uint64",
        new MmdbValue.Unsigned(64, BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)));
    fields.put("uint128", new MmdbValue.Unsigned(128, BigInteger.ONE.shiftLeft(127)));
    fields.put("int32", new MmdbValue.Int32(-268_435_456));
    fields.put("yes", new MmdbValue.Bool(true));
    fields.put("no", new MmdbValue.Bool(false));
    fields.put(
        "array", new MmdbValue.Array(List.of(MmdbValue.uint32(0), MmdbValue.text("Orléans"))));
    fields.put("map", new MmdbValue.Struct(Map.of("inner", MmdbValue.text("Orléans"))));
    var value = new MmdbValue.Struct(fields);
    var writer = new MmdbWriter(Mmdb.metadata(24, 6));
    writer.insert(IpNetwork.parse("2001:db8::/32"), value);
    Path file = folder.resolve("types.mmdb");
    Files.write(file, Mmdb.bytes(writer));
    assertThat(lookUp(file, IpAddress.parse("2001:db8::1"))).isEqualTo(printed(value));
  }
}
