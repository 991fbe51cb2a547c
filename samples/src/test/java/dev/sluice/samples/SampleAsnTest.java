package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleAsnTest {
  private static final String NUMBER = "autonomous_system_number";
  private static final String ORGANIZATION = "autonomous_system_organization";

  private final SampleAsn asn = new SampleAsn();

  private Reader reader() throws IOException {
    var out = new ByteArrayOutputStream();
    asn.writeTo(out);
    return new Reader(new ByteArrayInputStream(out.toByteArray()));
  }

  @Test
  void theReaderOfMaxMindFindsEveryNetwork() throws IOException {
    try (Reader reader = reader()) {
      assertThat(reader.getMetadata().databaseType()).isEqualTo("Sluice-Sample-ASN");
      for (SampleAsn.Announced announced : asn.networks()) {
        IpNetwork network = announced.network();
        for (IpAddress address : List.of(network.address(), Mmdb.last(network))) {
          Map<?, ?> read = reader.get(Mmdb.inet(address), Map.class);
          assertThat(read.get(NUMBER)).isEqualTo(announced.number());
          assertThat(read.get(ORGANIZATION)).isEqualTo(announced.organization().orElse(null));
        }
      }
    }
  }

  @Test
  void theDocumentationAddressHasADocumentationNumber() throws IOException {
    try (Reader reader = reader()) {
      assertThat(reader.get(Mmdb.inet("203.0.113.42"), Map.class).get(NUMBER)).isEqualTo(64_496L);
      assertThat(reader.get(Mmdb.inet("192.0.2.1"), Object.class)).isNull();
    }
  }

  @Test
  void numbersAreForPrivateUseAndEachHasOneOrganisation() {
    var names = new HashMap<Long, String>();
    for (SampleAsn.Announced announced : asn.networks()) {
      assertThat(announced.number()).isBetween(64_496L, 65_534L);
      announced
          .organization()
          .ifPresent(
              name -> {
                assertThat(name).startsWith("Example ");
                assertThat(names.merge(announced.number(), name, (old, same) -> same))
                    .isEqualTo(name);
              });
    }
    assertThat(names.values()).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @Test
  void someNetworksHaveANumberOnlyAndSomeNothing() {
    assertThat(asn.networks()).anyMatch(announced -> announced.organization().isEmpty());
    assertThat(asn.networks().size()).isLessThan(new SampleGeo().networks().size());
  }
}
