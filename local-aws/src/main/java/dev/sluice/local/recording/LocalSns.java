package dev.sluice.local.recording;

import dev.sluice.local.LocalAccount;
import dev.sluice.local.LocalAwsException;
import dev.sluice.local.RandomIds;
import dev.sluice.local.ServiceError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * SNS as a publisher sees it: CreateTopic, GetTopicAttributes and Publish. Messages go nowhere, and
 * are remembered.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
public final class LocalSns implements AutoCloseable {
  /** Newest messages that are remembered. */
  public static final int MESSAGES_MAX = 10_000;

  /** Of a message (AWS, Publish). */
  static final int MESSAGE_BYTES_MAX = 256 * 1024;

  static final int SUBJECT_CHARS_MAX = 100;
  private static final int TOPICS_MAX = 10_000;
  private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
  private static final String ARN_PREFIX =
      "arn:aws:sns:" + LocalAccount.REGION + ":" + LocalAccount.ID + ":";
  private static final String XML_NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

  private final Set<String> topics = ConcurrentHashMap.newKeySet();
  private final Recorded<SnsMessage> messages = new Recorded<>(MESSAGES_MAX);
  private final InstantSource clock;
  private final RandomIds ids;
  private final QueryServer server;

  private LocalSns(int port, InstantSource clock, RandomIds ids) {
    this.clock = clock;
    this.ids = ids;
    server =
        QueryServer.start(
            "SNS",
            port,
            XML_NAMESPACE,
            Map.of(
                "CreateTopic", this::createTopic,
                "GetTopicAttributes", this::topicAttributes,
                "Publish", this::publish),
            ids);
  }

  /**
   * Starts the service without topics.
   *
   * @param port the port on loopback, 0 for a free one
   * @param random source of ids
   * @throws LocalAwsException when it cannot listen there
   */
  public static LocalSns start(int port, InstantSource clock, RandomGenerator random) {
    return new LocalSns(port, clock, new RandomIds(random));
  }

  public URI endpoint() {
    return server.endpoint();
  }

  /** What was published, the oldest first. */
  public List<SnsMessage> messages() {
    return messages.all();
  }

  /** Forgets what was published. */
  public void clear() {
    messages.clear();
  }

  private String createTopic(QueryInput input) {
    String name = input.text("Name").orElse("");
    if (!TOPIC_NAME.matcher(name).matches()) {
      throw invalid("Topic Name");
    }
    if (topics.size() >= TOPICS_MAX) {
      throw QueryServer.refused("TopicLimitExceeded", "There are " + TOPICS_MAX + " topics.");
    }
    topics.add(ARN_PREFIX + name);
    return "<TopicArn>" + ARN_PREFIX + name + "</TopicArn>";
  }

  private String topicAttributes(QueryInput input) {
    String arn = input.text("TopicArn").orElseThrow(() -> invalid("TopicArn"));
    if (!topics.contains(arn)) {
      throw noSuchTopic();
    }
    return "<Attributes><entry><key>TopicArn</key><value>" + arn + "</value></entry></Attributes>";
  }

  private static ServiceError noSuchTopic() {
    return ServiceError.of(404, "NotFound", "Topic does not exist");
  }

  private String publish(QueryInput input) {
    String arn =
        input
            .text("TopicArn")
            .or(() -> input.text("TargetArn"))
            .orElseThrow(() -> invalid("TopicArn"));
    String message = input.text("Message").orElse("");
    String subject = input.text("Subject").orElse("");
    if (message.isEmpty()) {
      throw QueryServer.refused("InvalidParameter", "Invalid parameter: Empty message");
    }
    if (message.getBytes(StandardCharsets.UTF_8).length > MESSAGE_BYTES_MAX) {
      throw QueryServer.refused("InvalidParameter", "Invalid parameter: Message too long");
    }
    if (subject.length() > SUBJECT_CHARS_MAX) {
      throw invalid("Subject");
    }
    if (!topics.contains(arn)) {
      throw noSuchTopic();
    }
    String id = ids.uuid().toString();
    messages.add(
        new SnsMessage(id, arn, subject, message, Map.copyOf(attributes(input)), clock.instant()));
    return "<MessageId>" + id + "</MessageId>";
  }

  private static Map<String, String> attributes(QueryInput input) {
    var attributes = new HashMap<String, String>();
    for (QueryInput entry : input.structures("MessageAttributes.entry")) {
      attributes.put(
          entry.text("Name").orElseThrow(() -> invalid("MessageAttributes")),
          entry.text("Value.StringValue").orElse(""));
    }
    return attributes;
  }

  private static ServiceError invalid(String parameter) {
    return QueryServer.refused("InvalidParameter", "Invalid parameter: " + parameter);
  }

  @Override
  public void close() {
    server.close();
  }
}
