package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.web.http.Login;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {

  private static final Map<String, String> LEAST =
      Map.of("UPLOAD_BUCKET", "uploads", "OUTPUT_BUCKET", "outputs");

  private static Map<String, String> with(String... pairs) {
    var settings = new HashMap<>(LEAST);
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return settings;
  }

  private static InvalidWebSettingsException problems(Map<String, String> settings) {
    return catchThrowableOfType(
        InvalidWebSettingsException.class, () -> WebSettings.from(settings::get));
  }

  @Test
  void hasDefaultsForAllButTheBuckets() {
    assertThat(WebSettings.from(LEAST::get))
        .isEqualTo(
            new WebSettings(
                "127.0.0.1",
                0,
                "uploads",
                "outputs",
                "FileMetadata",
                5_368_709_120L,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
  }

  @Test
  void readsEveryKey() {
    Map<String, String> all =
        with(
            "WEB_HOST", "0.0.0.0",
            "WEB_PORT", "8080",
            "FILE_TABLE", "Files",
            "MAX_UPLOAD_BYTES", "1000",
            "WEB_USER", "ops",
            "WEB_PASSWORD", "correct horse",
            "CONSUMER_URL", "http://10.0.0.1:9090",
            "PIPELINE_BUCKET", "logs",
            "PIPELINE_PREFIX", "enriched/demo/",
            "S3_PATH_STYLE", "true");
    assertThat(WebSettings.from(all::get))
        .isEqualTo(
            new WebSettings(
                "0.0.0.0",
                8080,
                "uploads",
                "outputs",
                "Files",
                1_000,
                Optional.of(new Login("ops", "correct horse")),
                Optional.of(URI.create("http://10.0.0.1:9090")),
                Optional.of(new WebSettings.PipelineFolder("logs", "enriched/demo")),
                true));
    assertThat(WebSettings.keys())
        .extracting(WebKey::name)
        .containsExactlyInAnyOrderElementsOf(all.keySet());
  }

  @Test
  void readsTheKeysOfTheTableAndNoOthers() {
    var asked = new HashSet<String>();
    WebSettings.from(
        key -> {
          asked.add(key);
          return LEAST.get(key);
        });
    assertThat(WebSettings.keys())
        .extracting(WebKey::name)
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  void reportsAllProblemsTogether() {
    Map<String, String> wrong =
        Map.of(
            "WEB_PORT", "70000",
            "MAX_UPLOAD_BYTES", "0",
            "WEB_USER", "a:b",
            "WEB_PASSWORD", "short",
            "CONSUMER_URL", "ftp://somewhere",
            "PIPELINE_BUCKET", "logs",
            "S3_PATH_STYLE", "yes");
    assertThat(problems(wrong).problems())
        .containsExactly(
            "WEB_PORT is \"70000\", expected a whole number from 0 to 65535",
            "UPLOAD_BUCKET is not set",
            "OUTPUT_BUCKET is not set",
            "MAX_UPLOAD_BYTES is \"0\", expected a whole number from 1 to 68719476736",
            "WEB_USER holds a colon, which ends the name in basic authentication",
            "WEB_PASSWORD is shorter than 12 characters",
            "CONSUMER_URL is no address such as http://127.0.0.1:8080",
            "PIPELINE_PREFIX is not set, though the other one is",
            "S3_PATH_STYLE is \"yes\", expected true or false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "::", "example.org", "127.0.0.1.example.org"})
  void isOpenOnLoopbackOnly(String host) {
    assertThat(problems(with("WEB_HOST", host)).problems())
        .containsExactly(
            "WEB_HOST is " + host + ", no loopback address: set WEB_USER and WEB_PASSWORD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "LOCALHOST"})
  void needsNoPasswordOnLoopback(String host) {
    assertThat(WebSettings.from(with("WEB_HOST", host)::get).login()).isEmpty();
  }

  @Test
  void refusesOneBucketForBoth() {
    assertThat(problems(with("OUTPUT_BUCKET", "uploads")).problems())
        .containsExactly(
            "OUTPUT_BUCKET is UPLOAD_BUCKET: what is made would be taken for an upload");
  }

  @Test
  void repeatsNoPassword() {
    String password = "correct horse";
    assertThat(WebSettings.from(with("WEB_USER", "ops", "WEB_PASSWORD", password)::get).toString())
        .doesNotContain(password);
    assertThat(problems(with("CONSUMER_URL", "http://a:" + password + "@b")))
        .hasMessageNotContaining(password);
  }
}
