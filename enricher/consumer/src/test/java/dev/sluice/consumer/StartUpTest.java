package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.DifferentLayoutException;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.local.EmbeddedAws;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that keeps a consumer from starting is said in one line. */
class StartUpTest {
  private static EmbeddedAws aws;
  private static LocalStream stream;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start();
    stream = new LocalStream(aws, 1);
  }

  @AfterAll
  static void stopStack() {
    stream.close();
    aws.close();
  }

  private static void assertCannotStart(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> stream.open(settings, Failpoints.NONE))
        .isInstanceOf(CannotStartException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(message).doesNotContain("\n"));
  }

  private static Map<String, String> settingsWith(String key, String value) {
    Map<String, String> settings = stream.settings();
    settings.put(key, value);
    return settings;
  }

  @Test
  void namesAMissingStream() {
    assertCannotStart(settingsWith("STREAM_NAME", "nowhere"), "stream nowhere does not exist");
  }

  @Test
  void namesAMissingBucket() {
    assertCannotStart(
        settingsWith("OUTPUT_BUCKET", "no-such-bucket"), "bucket no-such-bucket does not exist");
  }

  @Test
  void namesAMissingReferenceTable() {
    Map<String, String> settings = settingsWith("REFERENCE_TABLE", "no-such-table");
    settings.put("REFERENCE_KEY", "id");
    settings.put("REFERENCE_ATTRIBUTES", "tier");
    assertCannotStart(settings, "DynamoDB, reference table no-such-table: ");
  }

  @Test
  void namesAnUnusableDatabase() {
    assertCannotStart(settingsWith("GEOIP_CITY_DATABASE", "/no/such.mmdb"), "/no/such.mmdb");
  }

  @Test
  void namesAPortInUse() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertCannotStart(
          settingsWith("HTTP_PORT", Integer.toString(taken.getLocalPort())),
          "cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void namesAnEndpointThatNobodyAnswers() throws Exception {
    URI closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (AwsClients clients =
        AwsClients.open(
            new AwsClients.LocalStack(closed, closed, closed, "us-east-1", "id", "secret"))) {
      assertThatThrownBy(
              () ->
                  ConsumerApplication.open(
                      ConsumerSettings.from(
                          new dev.sluice.enricher.Settings(stream.settings()::get)),
                      clients,
                      Failpoints.NONE,
                      java.time.Clock.systemUTC()))
          .isInstanceOf(CannotStartException.class)
          .hasMessageStartingWith("cannot reach Kinesis, stream " + stream.name);
    }
  }

  @Test
  void refusesAnotherLayoutOfTheSameApplication() {
    Map<String, String> settings = settingsWith("APPLICATION_NAME", "layout-test");
    stream.open(settings, Failpoints.NONE).close();
    settings.put("OUTPUT_PREFIX", "elsewhere");
    assertThatThrownBy(() -> stream.open(settings, Failpoints.NONE))
        .isInstanceOf(DifferentLayoutException.class)
        .hasMessageContaining("prefix is \"enriched\" there and \"elsewhere\" here");
  }

  @Test
  void aStopBeforeTheStartEndsAtOnce() {
    Map<String, String> settings = settingsWith("APPLICATION_NAME", "stop-test");
    try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
      consumer.stop();
      assertThat(consumer.run()).isEqualTo(ConsumerApplication.EXIT_OK);
    }
  }

  @Test
  void wrongSettingsExitWithTwoAndOneLineEach() {
    var err = new ArrayList<String>();
    int exitCode = ConsumerMain.run(Map.of("HTTP_PORT", "x")::get, err::add);
    assertThat(exitCode).isEqualTo(ConsumerApplication.EXIT_USAGE);
    assertThat(err)
        .containsExactly(
            "STREAM_NAME is not set",
            "APPLICATION_NAME is not set",
            "OUTPUT_BUCKET is not set",
            "HTTP_PORT is \"x\", expected a whole number from 0 to 65535");
  }
}
