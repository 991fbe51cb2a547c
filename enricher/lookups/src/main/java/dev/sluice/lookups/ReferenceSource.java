package dev.sluice.lookups;

import dev.sluice.enricher.steps.RejectMask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads items of a DynamoDB table by their partition keys, eventually consistent. What the service
 * leaves unprocessed or throttles goes again, after waits with jitter, within the deadline.
 */
final class ReferenceSource implements KeySource {
  static final String NAME = "reference";

  /**
   * Keys of one call.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">
   *     BatchGetItem</a>
   */
  static final int MAX_KEYS_PER_CALL = 100;

  static final int MAX_CALLS_IN_FLIGHT = 8;

  /** Calls for the same keys, the first included. */
  static final int MAX_ATTEMPTS = 10;

  private static final String CHECKED_KEY = "sluice-start-check";
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(20);
  private static final int MAX_DOUBLINGS = 4;

  private final DynamoDbClient client;
  private final ReferenceSettings settings;
  private final ReferenceItem items;
  private final Pause pause;
  private final RandomGenerator random;
  private final Map<String, String> names = new HashMap<>();
  private final String projection;

  /**
   * @param client makes no retries of its own; closed with this
   * @param mask what strings go through; used by this source only
   */
  ReferenceSource(
      DynamoDbClient client,
      ReferenceSettings settings,
      RejectMask mask,
      Pause pause,
      RandomGenerator random) {
    this.client = client;
    this.settings = settings;
    items = new ReferenceItem(settings.attributes(), mask);
    this.pause = pause;
    this.random = random;
    // Placeholders, because many good names are reserved words.
    var placeholders = new ArrayList<String>();
    Set<String> wanted = new HashSet<>(settings.attributes());
    wanted.add(settings.keyAttribute());
    for (String attribute : wanted) {
      String placeholder = "#a" + placeholders.size();
      placeholders.add(placeholder);
      names.put(placeholder, attribute);
    }
    projection = String.join(",", placeholders);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int maxKeysPerCall() {
    return MAX_KEYS_PER_CALL;
  }

  @Override
  public int maxCallsInFlight() {
    return MAX_CALLS_IN_FLIGHT;
  }

  @Override
  public void ask(List<String> keys, Deadline deadline, BiConsumer<String, Answer> answers)
      throws SourceFailedException {
    Set<String> left = new HashSet<>(keys);
    SdkException trouble = null;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      if (attempt > 1 && !waitBefore(attempt, deadline)) {
        break;
      }
      try {
        BatchGetItemResponse response = get(left, deadline);
        trouble = null;
        take(response, left, answers);
      } catch (SdkException failure) {
        trouble = failure;
        if (!mayPass(failure)) {
          break;
        }
      }
    }
    if (left.size() == keys.size()) { // no answer at all
      throw new SourceFailedException(reason(trouble), trouble);
    }
  }

  /**
   * Asks for an item once, so that a table that can never answer is known before it is needed.
   *
   * @throws SdkServiceException if the service refuses for good; a service that is away or slow is
   *     no reason
   */
  void check(Deadline deadline) {
    try {
      get(Set.of(CHECKED_KEY), deadline);
    } catch (SdkException failure) {
      if (failure instanceof SdkServiceException refusal && !mayPass(refusal)) {
        throw refusal;
      }
    }
  }

  private BatchGetItemResponse get(Set<String> keys, Deadline deadline) {
    List<Map<String, AttributeValue>> asked =
        keys.stream()
            .map(key -> Map.of(settings.keyAttribute(), AttributeValue.fromS(key)))
            .toList();
    var table =
        KeysAndAttributes.builder()
            .keys(asked)
            .projectionExpression(projection)
            .expressionAttributeNames(names)
            .build();
    Duration time = deadline.remaining();
    return client.batchGetItem(
        request ->
            request
                .requestItems(Map.of(settings.table(), table))
                .overrideConfiguration(
                    settings ->
                        settings.apiCallTimeout(time.isZero() ? Duration.ofMillis(1) : time)));
  }

  /** Takes the keys out of {@code left} that are answered. */
  private void take(
      BatchGetItemResponse response, Set<String> left, BiConsumer<String, Answer> answers) {
    var unprocessed = new HashSet<String>();
    for (KeysAndAttributes keys : response.unprocessedKeys().values()) {
      keys.keys().forEach(key -> unprocessed.add(key.get(settings.keyAttribute()).s()));
    }
    for (List<Map<String, AttributeValue>> found : response.responses().values()) {
      for (Map<String, AttributeValue> item : found) {
        String key = item.get(settings.keyAttribute()).s();
        if (left.remove(key)) {
          answers.accept(key, answer(item));
        }
      }
    }
    for (String key : List.copyOf(left)) {
      if (!unprocessed.contains(key)) {
        left.remove(key);
        answers.accept(key, Answer.ABSENT);
      }
    }
  }

  private synchronized Answer answer(Map<String, AttributeValue> item) {
    return items.answer(item);
  }

  /** Whether there is time for the attempt; waits before it, exponentially with full jitter. */
  private boolean waitBefore(int attempt, Deadline deadline) {
    long bound = FIRST_BACKOFF.toNanos() << Math.min(attempt - 2, MAX_DOUBLINGS);
    Duration wait = Duration.ofNanos(random.nextLong(bound + 1));
    if (attempt > MAX_ATTEMPTS || wait.compareTo(deadline.remaining()) >= 0) {
      return false;
    }
    try {
      pause.sleep(wait);
      return !deadline.isOver();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Throttling, and faults of the service. */
  private static boolean mayPass(SdkException failure) {
    return failure instanceof SdkServiceException service
        && (service.isThrottlingException() || service.statusCode() >= 500);
  }

  /** The service's own message may name what was asked for. */
  private static String reason(SdkException trouble) {
    if (trouble == null) {
      return "all keys stay unprocessed";
    }
    return trouble instanceof AwsServiceException service
            && service.awsErrorDetails() != null
            && service.awsErrorDetails().errorCode() != null
        ? service.awsErrorDetails().errorCode()
        : trouble.getClass().getSimpleName();
  }

  @Override
  public void close() {
    client.close();
  }
}
