package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of an SBOM tells a good one from bad ones. */
class SbomTest {

  private static final String GOOD =
      """
      {"components": [
        {"purl": "pkg:maven/org.some/a@1.0?type=jar", "licenses": [{}], "hashes": [{}]},
        {"purl": "pkg:maven/org.some/b@1.0?classifier=c&type=jar", "licenses": [{}], "hashes": [{}]},
        {"purl": "pkg:maven/org.some/all@1.0?type=pom"}
      ]}""";

  @Test
  void aGoodOnePasses() throws IOException {
    assertThat(Sbom.of(GOOD).broken(List.of("a-1.0.jar", "b-1.0-c.jar"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a@1.0,a@1.1,'shipped, but not named: a-1.0.jar|named, but not shipped: a-1.1.jar'",
    "b@1.0?classifier=c&type,a@1.1?type,'two versions: pkg:maven/org.some/a@1.1?type=jar"
        + "|shipped, but not named: b-1.0-c.jar|named, but not shipped: a-1.1.jar'",
    "'a@1.0?type=jar\", \"licenses\": [{}]','a@1.0?type=jar\", \"licenses\": []',"
        + "no licence: pkg:maven/org.some/a@1.0?type=jar",
    "'a@1.0?type=jar\", \"licenses\": [{}], \"hashes\": [{}]',"
        + "'a@1.0?type=jar\", \"licenses\": [{}]',"
        + "no hash: pkg:maven/org.some/a@1.0?type=jar",
    "pkg:maven/org.some/all@1.0?type=pom,pkg:npm/all@1.0,no library of Maven: pkg:npm/all@1.0",
  })
  void whatIsWrongIsNamed(String good, String bad, String problems) throws IOException {
    assertThat(GOOD).contains(good);
    assertThat(Sbom.of(GOOD.replace(good, bad)).broken(List.of("a-1.0.jar", "b-1.0-c.jar")))
        .isEqualTo(List.of(problems.split("\\|")));
  }

  @Test
  void theSdkOfVersion1IsNamed() throws IOException {
    String bad = GOOD.replace("org.some/a@1.0", "com.amazonaws/aws-java-sdk-s3@1.0");
    assertThat(Sbom.of(bad).broken(List.of("aws-java-sdk-s3-1.0.jar", "b-1.0-c.jar")))
        .containsExactly(
            "AWS SDK of version 1: pkg:maven/com.amazonaws/aws-java-sdk-s3@1.0?type=jar");
  }
}
