package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** SQS as our parts use it: batches, a dead-letter queue and what comes back from it. */
class LocalSqsTest {
  private static EmbeddedAws aws;
  private static SqsClient sqs;

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    sqs =
        SqsClient.builder()
            .endpointOverride(aws.endpoint(AwsService.SQS))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterAll
  static void stop() {
    sqs.close();
    aws.close();
  }

  private static String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(queue -> queue.queueName(name).attributes(attributes)).queueUrl();
  }

  private static String arn(String url) {
    return sqs.getQueueAttributes(
            queue -> queue.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private static List<Message> receive(String url) {
    return sqs.receiveMessage(
            queue -> queue.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(0))
        .messages();
  }

  @Test
  void isFoundByTheEnvironmentOnLoopback() {
    assertThat(aws.environment())
        .containsEntry("AWS_ENDPOINT_URL_SQS", aws.endpoint(AwsService.SQS).toString());
    assertThat(aws.endpoint(AwsService.SQS).getHost()).isEqualTo("127.0.0.1");
    assertThat(arn(queue("named", Map.of()))).isEqualTo("arn:aws:sqs:us-east-1:000000000000:named");
  }

  @Test
  void takesABatchAndGivesItBack() {
    String url = queue("batch", Map.of());
    List<SendMessageBatchRequestEntry> entries =
        List.of(
            SendMessageBatchRequestEntry.builder().id("a").messageBody("one").build(),
            SendMessageBatchRequestEntry.builder().id("b").messageBody("two").build());
    assertThat(sqs.sendMessageBatch(batch -> batch.queueUrl(url).entries(entries)).successful())
        .hasSize(2);

    List<Message> messages = receive(url);
    assertThat(messages).extracting(Message::body).containsExactlyInAnyOrder("one", "two");
    messages.forEach(
        message ->
            sqs.deleteMessage(
                delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
    assertThat(receive(url)).isEmpty();
  }

  @Test
  void whatIsReceivedTooOftenGoesToTheDeadLetterQueue() {
    String dead = queue("dead", Map.of());
    String url =
        queue(
            "fragile",
            Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + arn(dead) + "\",\"maxReceiveCount\":\"2\"}"));
    sqs.sendMessage(message -> message.queueUrl(url).messageBody("poison"));

    assertThat(receive(url)).hasSize(1);
    assertThat(receive(url)).hasSize(1);
    assertThat(receive(url)).isEmpty();
    assertThat(receive(dead)).extracting(Message::body).containsExactly("poison");
  }

  @Test
  void refusesAQueueThatIsNotThere() {
    String url = aws.endpoint(AwsService.SQS) + "/000000000000/nowhere";
    assertThatThrownBy(() -> receive(url)).isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void aPortInUseIsOneLine() {
    int taken = aws.endpoint(AwsService.SQS).getPort();
    assertThatThrownBy(() -> LocalSqs.start(taken))
        .isInstanceOf(LocalAwsException.class)
        .hasMessageContaining("SQS (ElasticMQ) cannot listen on 127.0.0.1:" + taken);
  }
}
