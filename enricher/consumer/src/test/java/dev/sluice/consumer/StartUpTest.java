package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.consumer.tiles.DifferentLayoutException;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.Settings;
import dev.sluice.local.EmbeddedAws;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

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
    assertCannotStart(
        settingsWith("STREAM_NAME", "nowhere"),
        "stream nowhere does not exist in region us-east-1");
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
                      ConsumerSettings.from(new Settings(stream.settings()::get)),
                      clients,
                      Failpoints.NONE,
                      Clock.systemUTC()))
          .isInstanceOf(CannotStartException.class)
          .hasMessageStartingWith("cannot reach Kinesis, stream " + stream.name);
    }
  }

  private static Map<String, String> alerts(String topic) {
    Map<String, String> settings = stream.settings();
    settings.remove("OUTPUT_BUCKET");
    settings.put("MODE", "alerts");
    settings.put("ALERT_TOPIC_ARN", topic);
    settings.put("ALERT_RULES", "errors measure=error-rate above=5%");
    return settings;
  }

  @Test
  void namesAMissingTopicAndOneOfAnotherRegion() {
    String missing = "arn:aws:sns:us-east-1:000000000000:no-such-topic";
    assertCannotStart(alerts(missing), "topic " + missing + " does not exist");
    String elsewhere = "arn:aws:sns:eu-west-3:000000000000:alerts";
    assertCannotStart(
        alerts(elsewhere), "topic " + elsewhere + " is in another region than us-east-1");
  }

  @Test
  void namesALayoutThatIsNone() {
    Map<String, String> settings = settingsWith("APPLICATION_NAME", "foreign-test");
    String key = "_sluice/foreign-test/_layout.json";
    stream
        .s3()
        .putObject(r -> r.bucket(stream.bucket).key(key), RequestBody.fromString("not ours"));
    assertCannotStart(settings, key);
  }

  /** A service that gives every call the same answer. */
  private static HttpServer answering(int status, String header, String body) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("x-amz-bucket-region", header);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
            if (!head) {
              exchange.getResponseBody().write(bytes);
            }
          }
        });
    server.start();
    return server;
  }

  private enum Service {
    DYNAMODB,
    S3,
    SNS
  }

  /** Of the services one answers otherwise. */
  private static void assertCannotStart(
      Service odd, HttpServer server, Map<String, String> settings, String message) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var stack =
        new AwsClients.LocalStack(
                aws.kinesisEndpoint(),
                odd == Service.DYNAMODB ? endpoint : aws.dynamoDbEndpoint(),
                odd == Service.S3 ? endpoint : aws.s3Endpoint(),
                aws.region(),
                aws.accessKeyId(),
                aws.secretAccessKey())
            .with(
                odd == Service.SNS ? endpoint : aws.sns().endpoint(), aws.cloudWatch().endpoint());
    try (AwsClients clients = AwsClients.open(stack)) {
      assertThatThrownBy(
              () ->
                  ConsumerApplication.open(
                      ConsumerSettings.from(new Settings(settings::get)),
                      clients,
                      Failpoints.NONE,
                      Clock.systemUTC()))
          .isInstanceOf(CannotStartException.class)
          .satisfies(e -> assertThat(e.getMessage()).startsWith(message).doesNotContain("\n"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void namesThePermissionThatIsMissing() throws Exception {
    assertCannotStart(
        Service.DYNAMODB,
        answering(400, "", "{\"__type\":\"AccessDeniedException\",\"message\":\"User: u\"}"),
        stream.settings(),
        "DynamoDB, lease table "
            + stream.application
            + ": access denied, dynamodb:DescribeTable is needed on it: User: u");
    assertCannotStart(
        Service.S3,
        answering(403, "", ""),
        stream.settings(),
        "S3, bucket " + stream.bucket + ": access denied, s3:ListBucket is needed on it: ");
  }

  @Test
  void namesTheRegionOfABucketThatIsElsewhere() throws Exception {
    assertCannotStart(
        Service.S3,
        answering(301, "eu-west-3", ""),
        stream.settings(),
        "bucket " + stream.bucket + " is in another region than us-east-1, in eu-west-3");
  }

  @Test
  void aTopicThatMayOnlyBePublishedToIsNoReasonNotToStart() throws Exception {
    HttpServer sns =
        answering(
            403,
            "",
            "<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code>"
                + "<Message>not authorized</Message></Error></ErrorResponse>");
    Map<String, String> settings = alerts("arn:aws:sns:us-east-1:000000000000:alerts");
    settings.put("GEOIP_CITY_DATABASE", "/no/such.mmdb"); // which is looked at later
    assertCannotStart(Service.SNS, sns, settings, "/no/such.mmdb");
  }

  @Test
  void namesTheActionAlsoWhereAnAnswerSaysNothing() {
    assertThat(
            CannotStartException.because(
                KinesisException.builder().statusCode(403).build(),
                "Kinesis, stream logs",
                "kinesis:DescribeStreamSummary"))
        .hasMessage(
            "Kinesis, stream logs: access denied, kinesis:DescribeStreamSummary is needed on it:"
                + " status 403");
    assertThat(
            CannotStartException.because(
                KinesisException.builder()
                    .statusCode(400)
                    .awsErrorDetails(
                        AwsErrorDetails.builder()
                            .errorCode("ExpiredTokenException")
                            .errorMessage("The security token is expired")
                            .build())
                    .build(),
                "Kinesis, stream logs",
                "kinesis:DescribeStreamSummary"))
        .hasMessage("Kinesis, stream logs: The security token is expired");
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
