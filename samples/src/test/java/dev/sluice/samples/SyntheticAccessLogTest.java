package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.samples.AccessLogOptions.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticAccessLogTest {
  private static final AccessLogOptions DEFAULTS = AccessLogOptions.defaults();
  private static final AccessLogOptions PLAIN = DEFAULTS.withOddShare(0).withBrokenShare(0);
  private static final AccessLogOptions MIXED = DEFAULTS.withOddShare(0.4).withBrokenShare(0.2);

  private static List<SyntheticLine> lines(long seed, AccessLogOptions options, int count) {
    var log = new SyntheticAccessLog(seed, options);
    var lines = new ArrayList<SyntheticLine>();
    for (int i = 0; i < count; i++) {
      lines.add(log.next());
    }
    return lines;
  }

  private static String sha256(long seed, AccessLogOptions options, int count)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    new SyntheticAccessLog(seed, options)
        .writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest), count);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String text(SyntheticLine line) {
    return new String(line.bytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void givesTheSameBytesForEver() throws IOException, NoSuchAlgorithmException {
    assertThat(sha256(1, DEFAULTS, 20_000))
        .isEqualTo("f05e967fe07b4a55853dd96b64c46ce55d6c92743046388bec0388e0950ce979");
    assertThat(sha256(42, MIXED.withIds(), 20_000))
        .isEqualTo("2b05c7df06f783b17ab73f5fe7b11288ab2c16b5f521f576ced5b5a1605c6b0c");
    assertThat(sha256(42, MIXED.withFormat(Format.COMMON), 20_000))
        .isEqualTo("74c6d1ad7867eccd3326f0474d6c02850ed304b5661e6b0356fd3961f5c119f9");
  }

  @Test
  void dependsOnNoLanguageAndNoTimeZoneOfTheMachine() throws IOException, NoSuchAlgorithmException {
    String expected = sha256(5, MIXED.withIds(), 5_000);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(sha256(5, MIXED.withIds(), 5_000)).isEqualTo(expected);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void differsFromSeedToSeed() throws IOException, NoSuchAlgorithmException {
    assertThat(sha256(1, DEFAULTS, 100)).isNotEqualTo(sha256(2, DEFAULTS, 100));
  }

  @Test
  void givesTheSameBytesByEveryWay() throws IOException {
    var expected = new ByteArrayOutputStream();
    for (SyntheticLine line : lines(3, MIXED, 2_000)) {
      expected.writeBytes(line.bytes());
      expected.write('\n');
    }
    var written = new ByteArrayOutputStream();
    new SyntheticAccessLog(3, MIXED).writeTo(written, 2_000);
    assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());

    assertThat(new SyntheticAccessLog(3, MIXED).asInputStream(2_000).readAllBytes())
        .isEqualTo(expected.toByteArray());

    var byLine = new ByteArrayOutputStream();
    var log = new SyntheticAccessLog(3, MIXED);
    for (int i = 0; i < 2_000; i++) {
      byLine.writeBytes(log.nextLine());
      byLine.write('\n');
    }
    assertThat(byLine.toByteArray()).isEqualTo(expected.toByteArray());
  }

  @Test
  void readsByteByByteToTheEnd() throws IOException {
    byte[] expected = new SyntheticAccessLog(3, PLAIN).asInputStream(20).readAllBytes();
    InputStream in = new SyntheticAccessLog(3, PLAIN).asInputStream(20);
    for (byte b : expected) {
      assertThat(in.read()).isEqualTo(b & 0xFF);
    }
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[10])).isEqualTo(-1);
    assertThat(in.read(new byte[0])).isZero();
  }

  @Test
  void keepsTheSharesAskedFor() {
    for (AccessLogOptions options :
        List.of(
            MIXED,
            PLAIN,
            DEFAULTS.withOddShare(0).withBrokenShare(1),
            DEFAULTS.withBrokenShare(0).withOddShare(1))) {
      Map<LineKind.Category, Integer> counts = new EnumMap<>(LineKind.Category.class);
      for (SyntheticLine line : lines(4, options, 10_000)) {
        counts.merge(line.kind().category(), 1, Integer::sum);
      }
      assertThat(counts.getOrDefault(LineKind.Category.ODD, 0) / 1e4)
          .isBetween(options.oddShare() - 0.02, options.oddShare() + 0.02);
      assertThat(counts.getOrDefault(LineKind.Category.BROKEN, 0) / 1e4)
          .isBetween(options.brokenShare() - 0.02, options.brokenShare() + 0.02);
    }
    assertThat(lines(4, PLAIN, 5_000)).allMatch(line -> line.kind() == LineKind.PLAIN);
  }

  @Test
  void hasEveryKindOfLine() {
    Set<LineKind> seen = EnumSet.noneOf(LineKind.class);
    lines(5, MIXED, 10_000).forEach(line -> seen.add(line.kind()));
    assertThat(seen).containsExactlyInAnyOrder(LineKind.values());
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void breaksOnlyTheLinesCalledBroken(Format format) {
    for (AccessLogOptions options :
        List.of(MIXED.withFormat(format), MIXED.withFormat(format).withIds())) {
      for (SyntheticLine line : lines(6, options, 20_000)) {
        assertThat(LineOracle.parse(line.bytes()).isEmpty())
            .as("%s: %s", line.kind(), text(line))
            .isEqualTo(line.kind().isBroken());
      }
    }
  }

  @Test
  void neverHasALineFeedInsideALine() {
    assertThat(lines(7, MIXED, 20_000)).noneMatch(line -> text(line).contains("\n"));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void carriesItsIdInEveryLineBrokenOnesIncluded(Format format) {
    long first = 9_000_000;
    AccessLogOptions options = MIXED.withFormat(format).withIdsFrom(first);
    Set<Long> seen = new HashSet<>();
    long expected = first;
    for (SyntheticLine line : lines(8, options, 20_000)) {
      assertThat(line.id()).isEqualTo(expected++);
      assertThat(text(line)).containsOnlyOnce(line.idText());
      assertThat(SyntheticLine.findId(text(line))).as(text(line)).hasValue(line.id());
      assertThat(seen.add(line.id())).isTrue();
    }
  }

  @Test
  void keepsTheIdInAFieldThatEnrichmentKeeps() {
    for (SyntheticLine line : lines(9, MIXED.withIds(), 20_000)) {
      LineOracle.parse(line.bytes())
          .ifPresent(
              entry -> assertThat(entry.request() + " " + entry.referer()).contains(line.idText()));
    }
  }

  @Test
  void carriesNoIdUnlessAsked() {
    assertThat(lines(8, MIXED, 5_000))
        .allSatisfy(line -> assertThat(SyntheticLine.findId(text(line))).isEmpty());
  }

  @Test
  void goesForwardInTimeAtTheMeanPace() {
    Instant start = Instant.parse("2024-02-28T23:59:00Z");
    Instant last = start;
    int count = 10_000;
    Set<String> offsets = new HashSet<>();
    for (SyntheticLine line :
        lines(10, PLAIN.withStart(start).withMeanGap(Duration.ofMillis(500)), count)) {
      var timestamp = LineOracle.parse(line.bytes()).orElseThrow().timestamp();
      assertThat(timestamp.toInstant()).isAfterOrEqualTo(last);
      last = timestamp.toInstant();
      offsets.add(timestamp.getOffset().getId());
    }
    assertThat(Duration.between(start, last))
        .isBetween(Duration.ofSeconds(count / 2 * 9 / 10), Duration.ofSeconds(count / 2 * 11 / 10));
    assertThat(offsets).contains("Z", "+05:30", "-03:30");
  }

  @Test
  void hasNoBytesWhereHttpAllowsNone() {
    int empty = 0;
    for (SyntheticLine line : lines(11, PLAIN, 20_000)) {
      LineOracle.Entry entry = LineOracle.parse(line.bytes()).orElseThrow();
      boolean none =
          entry.request().startsWith("HEAD ") || entry.status() == 304 || entry.status() == 204;
      assertThat(entry.bytes().equals("-")).as(text(line)).isEqualTo(none);
      empty += none ? 1 : 0;
    }
    assertThat(empty).isGreaterThan(1_000);
  }

  @Test
  void showsZipfsLawInAddressesAndAgents() {
    Map<String, Integer> hosts = new HashMap<>();
    Map<String, Integer> agents = new HashMap<>();
    for (SyntheticLine line : lines(12, PLAIN, 50_000)) {
      LineOracle.Entry entry = LineOracle.parse(line.bytes()).orElseThrow();
      hosts.merge(entry.host(), 1, Integer::sum);
      agents.merge(entry.agent(), 1, Integer::sum);
      assertThat(entry.agent()).isNotEmpty();
    }
    assertSkewed(hosts, 2_000);
    assertSkewed(agents, 250);
    assertThat(agents).containsKey("-");
  }

  /** A tenth of the values makes up more than half of the lines, and there is a long tail. */
  private static void assertSkewed(Map<String, Integer> counts, int leastDistinct) {
    List<Integer> sorted =
        counts.values().stream().sorted(java.util.Comparator.reverseOrder()).toList();
    assertThat(sorted).hasSizeGreaterThan(leastDistinct);
    int head = sorted.stream().limit(sorted.size() / 10).mapToInt(Integer::intValue).sum();
    assertThat(head).isGreaterThan(sorted.stream().mapToInt(Integer::intValue).sum() / 2);
  }

  @Test
  void comesMostlyFromAddressesThatTheSampleDatabaseKnows() {
    List<SampleGeo.Located> networks = new SampleGeo().networks();
    Set<String> hosts = new HashSet<>();
    lines(13, PLAIN.withVisitors(2_000), 20_000)
        .forEach(line -> hosts.add(LineOracle.parse(line.bytes()).orElseThrow().host()));
    int located = 0;
    int ipv6 = 0;
    for (String host : hosts) {
      IpAddress address = IpAddress.parse(host);
      ipv6 += address.ipv6() ? 1 : 0;
      located += networks.stream().anyMatch(network -> network.network().contains(address)) ? 1 : 0;
    }
    assertThat((double) located / hosts.size()).isBetween(0.85, 0.99);
    assertThat((double) ipv6 / hosts.size()).isBetween(0.1, 0.6);
  }

  @Test
  void anOutageFailsAShareOfItsTimeAndChangesNoOtherLine() {
    Instant from = DEFAULTS.start().plusSeconds(3_600);
    var outage = new Outage(from, Duration.ofHours(1), 0.5);
    List<SyntheticLine> calm = lines(17, PLAIN, 4_000);
    List<SyntheticLine> failing = lines(17, PLAIN.withOutage(outage), 4_000);
    int changed = 0;
    int during = 0;
    for (int i = 0; i < calm.size(); i++) {
      LineOracle.Entry before = LineOracle.parse(calm.get(i).bytes()).orElseThrow();
      LineOracle.Entry after = LineOracle.parse(failing.get(i).bytes()).orElseThrow();
      Instant at = before.timestamp().toInstant();
      if (!at.isBefore(from) && at.isBefore(from.plus(outage.length()))) {
        during++;
        changed += after.status() == 503 ? 1 : 0;
        assertThat(text(failing.get(i)))
            .isEqualTo(
                text(calm.get(i))
                    .replace("\" " + before.status() + " ", "\" " + after.status() + " "));
      } else {
        assertThat(failing.get(i).bytes()).isEqualTo(calm.get(i).bytes());
      }
    }
    assertThat((double) changed / during).isBetween(0.45, 0.55);
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> new Outage(Instant.EPOCH, Duration.ZERO, 0.5))
        .hasMessageContaining("PT0S");
    assertThatThrownBy(() -> new Outage(Instant.EPOCH, Duration.ofSeconds(1), 1.5))
        .hasMessageContaining("1.5");
    assertThatThrownBy(() -> DEFAULTS.withOddShare(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> DEFAULTS.withOddShare(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> DEFAULTS.withOddShare(0.6).withBrokenShare(0.6))
        .hasMessageContaining("0.6");
    assertThatThrownBy(() -> DEFAULTS.withIdsFrom(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> DEFAULTS.withVisitors(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> DEFAULTS.withMeanGap(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> DEFAULTS.withStart(Instant.EPOCH)).hasMessageContaining("1970");
  }

  @Test
  void endsWhenTheIdsAreUsedUp() {
    var log = new SyntheticAccessLog(1, DEFAULTS.withIdsFrom(SyntheticLine.MAX_ID));
    assertThat(text(log.next())).contains("id=L9999999999");
    assertThatThrownBy(log::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void findsIdsInTextOnlyWhenComplete() {
    assertThat(SyntheticLine.findId("GET /?id=L0000000042 HTTP/1.1")).hasValue(42);
    assertThat(SyntheticLine.findId("id=L00000 and id=L0000000007")).hasValue(7);
    assertThat(SyntheticLine.findId("id=L000000004")).isEmpty();
    assertThat(SyntheticLine.findId("id=Lxxxxxxxxxx")).isEmpty();
    assertThat(SyntheticLine.findId("")).isEmpty();
  }
}
