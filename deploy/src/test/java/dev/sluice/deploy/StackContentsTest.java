package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What each stack would make, with as little as it takes and with all that it offers. */
class StackContentsTest {
  private static Deployed deployed(String stack, int variant) {
    return Variants.of(stack, Committed.template(stack)).get(variant);
  }

  @Test
  void everythingIsEncryptedBoundedAndClosed() {
    for (String stack : Variants.all().keySet()) {
      for (Deployed deployed : Variants.of(stack, Committed.template(stack))) {
        assertThat(Protection.problems(deployed)).as(stack).isEmpty();
      }
    }
  }

  @Test
  void whatIsOpenOrUnboundedIsCaught() {
    ObjectNode files =
        Committed.changed(
            "sluice-files",
            t -> {
              Committed.properties(t, "Uploads").remove("BucketEncryption");
              ((ObjectNode) t.get("Resources")).remove("ErrorsPolicy");
              ((ObjectNode) t.get("Resources")).remove("TopicPolicy");
              Committed.properties(t, "Events").put("VisibilityTimeout", 359);
              Committed.properties(t, "FunctionLog").remove("RetentionInDays");
              ((ObjectNode) t.at("/Resources/Output")).put("DeletionPolicy", "Delete");
              Committed.properties(t, "WebClients").put("CidrIp", "0.0.0.0/0");
            });
    assertThat(Protection.problems(Variants.of("sluice-files", files).get(1)))
        .containsExactlyInAnyOrder(
            "Uploads: is not encrypted",
            "Errors: takes calls without TLS",
            "Topic: takes calls without TLS",
            "Events: shows a message again before six time-outs of 60 s",
            "FunctionLog: never ends",
            "Output: RetainData is not what happens to it",
            "WebClients: lets in whom nobody named");

    ObjectNode windows =
        Committed.changed(
            "sluice-windows",
            t -> {
              ObjectNode mapping = Committed.properties(t, "Mapping");
              mapping.remove("MaximumRetryAttempts");
              mapping.remove("DestinationConfig");
              mapping.put("BisectBatchOnFunctionError", false);
              mapping.putArray("FunctionResponseTypes");
              Committed.properties(t, "Results").remove("SSESpecification");
            });
    assertThat(Protection.problems(Variants.of("sluice-windows", windows).get(0)))
        .containsExactlyInAnyOrder(
            "Results: is not encrypted",
            "Mapping: takes a batch for all or nothing",
            "Mapping: does not halve a batch",
            "Mapping: tries for ever",
            "Mapping: tells nobody what it gave up");
  }

  @Test
  void thePipelineOwnsLeasesAndRegistrationUnderTheNameThatTheConsumerLooksFor() {
    Deployed pipeline = deployed("sluice-pipeline", 1);
    Map<String, String> consumer = consumer(pipeline);
    String name = consumer.get("APPLICATION_NAME");
    JsonNode leases = pipeline.properties("LeaseTable");
    assertThat(leases.path("TableName").asText()).isEqualTo(name);
    assertThat(leases.path("KeySchema").toString())
        .isEqualTo("[{\"AttributeName\":\"leaseKey\",\"KeyType\":\"HASH\"}]");
    JsonNode registration = pipeline.properties("ConsumerRegistration");
    assertThat(registration.path("ConsumerName").asText()).isEqualTo(name);
    assertThat(registration.path("StreamARN").asText()).isEqualTo("<Stream.Arn>");
    // Nothing of them stays, whatever RetainData says, and the consumer makes or removes neither.
    assertThat(pipeline.resources().get("LeaseTable").has("DeletionPolicy")).isFalse();
    assertThat(pipeline.properties("ConsumerRole").toString())
        .doesNotContain(
            "dynamodb:CreateTable",
            "dynamodb:DeleteTable",
            "kinesis:RegisterStreamConsumer",
            "kinesis:DeregisterStreamConsumer");
    // The service waits for both.
    JsonNode service = pipeline.resources().get("Service");
    assertThat(service.path("DependsOn").toString()).contains("LeaseTable");
    assertThat(service.path("Properties").path("Tags").toString())
        .contains("<ConsumerRegistration>");

    Deployed polling = deployed("sluice-pipeline", 2);
    assertThat(consumer(polling)).containsEntry("RECORD_DELIVERY", "polling");
    assertThat(polling.resources()).doesNotContainKey("ConsumerRegistration");
    assertThat(polling.properties("ConsumerRole").toString())
        .contains("kinesis:GetRecords")
        .doesNotContain("kinesis:SubscribeToShard");
  }

  private static Map<String, String> consumer(Deployed pipeline) {
    return Environments.ofContainer(
        pipeline.properties("ConsumerTask").at("/ContainerDefinitions/0"));
  }

  @Test
  void theConsumerMayDoWhatItsPageSaysAndNoMore() {
    String actions = actions(deployed("sluice-pipeline", 1).properties("ConsumerRole"));
    assertThat(actions)
        .isEqualTo(
            "cloudwatch:PutMetricData, dynamodb:DeleteItem, dynamodb:DescribeTable,"
                + " dynamodb:GetItem, dynamodb:PutItem, dynamodb:Scan, dynamodb:UpdateItem,"
                + " kinesis:DescribeStreamConsumer, kinesis:DescribeStreamSummary,"
                + " kinesis:ListShards, kinesis:SubscribeToShard, s3:DeleteObject, s3:GetObject,"
                + " s3:ListBucket, s3:PutObject");
  }

  /** The pages of the functions name these, and what a mapping and an agent need besides. */
  @Test
  void functionsMayDoWhatTheirPagesSayAndNoMore() {
    String log = "logs:CreateLogStream, logs:PutLogEvents, ";
    String stream =
        "kinesis:DescribeStream, kinesis:DescribeStreamSummary, kinesis:GetRecords,"
            + " kinesis:GetShardIterator, kinesis:ListShards, ";
    String queue =
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes,"
            + " sqs:ReceiveMessage";
    assertThat(actions(deployed("sluice-pipeline", 0).properties("TransformRole")))
        .isEqualTo(log.replaceAll(", $", ""));
    assertThat(actions(deployed("sluice-windows", 0).properties("WindowsRole")))
        .isEqualTo(
            "dynamodb:DescribeStream, dynamodb:GetItem, dynamodb:GetRecords,"
                + " dynamodb:GetShardIterator, dynamodb:ListStreams, dynamodb:PutItem,"
                + " dynamodb:UpdateItem, "
                + log
                + "sqs:SendMessage");
    assertThat(actions(deployed("sluice-tweets", 0).properties("FunctionRole")))
        .isEqualTo(
            "dynamodb:GetItem, dynamodb:PutItem, "
                + stream
                + log
                + "s3:DeleteObject, s3:ListBucket, s3:PutObject, sqs:SendMessage");
    assertThat(actions(deployed("sluice-files", 0).properties("FunctionRole")))
        .isEqualTo(
            "dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, "
                + log
                + "s3:AbortMultipartUpload, s3:GetObject, s3:GetObjectVersion, s3:ListBucket,"
                + " s3:PutObject, sns:Publish, "
                + queue
                + ", sqs:SendMessage");
    assertThat(actions(deployed("sluice-registrations", 0).properties("FunctionRole")))
        .isEqualTo(
            "dynamodb:BatchWriteItem, ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface,"
                + " ec2:DeleteNetworkInterface, ec2:DescribeNetworkInterfaces,"
                + " ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses, "
                + log
                + "secretsmanager:GetSecretValue, "
                + queue);
    Deployed fanOut = deployed("sluice-fan-out", 0);
    assertThat(actions(fanOut.properties("EnrichFunctionRole")))
        .isEqualTo(stream + log + "s3:PutObject, sqs:SendMessage");
    assertThat(actions(fanOut.properties("MetricsFunctionRole")))
        .isEqualTo(stream + log + "sqs:SendMessage");
    assertThat(actions(fanOut.properties("AlertsFunctionRole")))
        .isEqualTo(
            "dynamodb:GetItem, dynamodb:PutItem, " + stream + log + "sns:Publish, sqs:SendMessage");
  }

  private static String actions(JsonNode role) {
    var actions = new TreeSet<String>();
    for (JsonNode statement : role.at("/Policies/0/PolicyDocument/Statement")) {
      JsonNode action = statement.path("Action");
      if (action.isTextual()) {
        actions.add(action.asText());
      }
      action.forEach(each -> actions.add(each.asText()));
    }
    return String.join(", ", actions);
  }

  @Test
  void theImageIsPulledFromItsRepositoryAlone() {
    assertThat(deployed("sluice-pipeline", 1).properties("ConsumerStartRole").toString())
        .contains("\"arn:aws:ecr:eu-west-1:123456789012:repository/team/sluice-consumer\"");
    assertThat(deployed("sluice-files", 1).properties("WebStartRole").toString())
        .contains("\"arn:aws:ecr:eu-west-1:123456789012:repository/sluice-web\"");

    ObjectNode careless =
        Committed.changed(
            "sluice-pipeline",
            t -> {
              ObjectNode role = Committed.properties(t, "ConsumerStartRole");
              var arguments = role.putObject("Description").putArray("Fn::Select").add(1);
              arguments
                  .addObject()
                  .putArray("Fn::Split")
                  .add("/")
                  .addObject()
                  .put("Ref", "ConsumerImage");
            });
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Variants.of("sluice-pipeline", careless))
        .hasMessageContaining("nothing to select");
  }

  @Test
  void theConsumerScalesOnALagThatAllItsTasksTogetherSend() throws IOException {
    Deployed pipeline = deployed("sluice-pipeline", 1);
    Map<String, String> consumer = consumer(pipeline);
    assertThat(consumer).containsEntry("CLOUDWATCH_METRICS", "true");
    assertThat(pipeline.ofType("AWS::CloudWatch::Alarm")).hasSize(2);
    pipeline
        .ofType("AWS::CloudWatch::Alarm")
        .values()
        .forEach(
            alarm -> {
              assertThat(alarm.path("Namespace").asText())
                  .isEqualTo(consumer.get("CLOUDWATCH_METRICS_NAMESPACE"));
              assertThat(alarm.path("MetricName").asText())
                  .isEqualTo("MillisBehindLatestMax.value");
              assertThat(alarm.has("Dimensions")).isFalse();
              assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
            });
    // That page is tested against the code; the metric has no dimension.
    assertThat(java.nio.file.Files.readString(Path.of("../docs/metrics.md")))
        .contains("| `MillisBehindLatestMax.value` | None | |");
    JsonNode target = pipeline.properties("Scaling");
    assertThat(target.path("MinCapacity").asInt()).isEqualTo(2);
    assertThat(target.path("MaxCapacity").asInt()).isEqualTo(4);
    // A number of tasks in the service would undo with each deployment what scaling has done.
    assertThat(pipeline.properties("Service").has("DesiredCount")).isFalse();
  }

  @Test
  void containersAreThoseOfTheOperationsFolder() throws IOException {
    JsonNode committed =
        new JsonMapper()
            .readTree(Path.of("../enricher/consumer/operations/ecs-task-definition.json").toFile());
    assertThat(
            containerDifferences(
                committed.at("/containerDefinitions/0"),
                deployed("sluice-pipeline", 1)
                    .properties("ConsumerTask")
                    .at("/ContainerDefinitions/0")))
        .isEmpty();

    ObjectNode changed =
        Committed.changed(
            "sluice-pipeline",
            t ->
                ((ObjectNode) Committed.properties(t, "ConsumerTask").at("/ContainerDefinitions/0"))
                    .put("StopTimeout", 30));
    assertThat(
            containerDifferences(
                committed.at("/containerDefinitions/0"),
                Variants.of("sluice-pipeline", changed)
                    .get(1)
                    .properties("ConsumerTask")
                    .at("/ContainerDefinitions/0")))
        .containsExactly("stopTimeout is 30 and not 120");
    Deployed files = deployed("sluice-files", 1);
    JsonNode web = files.properties("WebTask").at("/ContainerDefinitions/0");
    assertThat(web.path("StopTimeout").asInt()).isEqualTo(120);
    assertThat(web.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
  }

  /** What stands in both: all but image, variables and where the log goes. */
  private static List<String> containerDifferences(JsonNode file, JsonNode template) {
    var differences = new ArrayList<String>();
    for (String member :
        List.of(
            "name",
            "essential",
            "readonlyRootFilesystem",
            "user",
            "stopTimeout",
            "mountPoints",
            "linuxParameters",
            "portMappings",
            "healthCheck",
            "ulimits")) {
      String capital = member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1);
      JsonNode one = lowerCased(template.path(capital));
      if (!file.has(member) || !file.get(member).equals(one)) {
        differences.add(member + " is " + one + " and not " + file.path(member));
      }
    }
    return differences;
  }

  private static JsonNode lowerCased(JsonNode value) {
    var mapper = new JsonMapper();
    if (value.isObject()) {
      ObjectNode object = mapper.createObjectNode();
      value
          .properties()
          .forEach(
              m ->
                  object.set(
                      m.getKey().substring(0, 1).toLowerCase(Locale.ROOT) + m.getKey().substring(1),
                      lowerCased(m.getValue())));
      return object;
    }
    if (value.isArray()) {
      var array = mapper.createArrayNode();
      value.forEach(each -> array.add(lowerCased(each)));
      return array;
    }
    return value;
  }

  @Test
  void variablesOfTheOperationsFolderAreInTheTemplateToo() throws IOException {
    var names = new ArrayList<String>();
    new JsonMapper()
        .readTree(Path.of("../enricher/consumer/operations/ecs-task-definition.json").toFile())
        .at("/containerDefinitions/0/environment")
        .forEach(v -> names.add(v.path("name").asText()));
    names.remove("AWS_REGION"); // Fargate sets it
    assertThat(consumer(deployed("sluice-pipeline", 2)).keySet()).containsAll(names);
  }

  @Test
  void theTransformHasASmallBufferAndEnoughTime() {
    for (Deployed pipeline :
        Variants.of("sluice-pipeline", Committed.template("sluice-pipeline"))) {
      if (pipeline.resources().containsKey("Delivery")) {
        JsonNode s3 = pipeline.properties("Delivery").path("ExtendedS3DestinationConfiguration");
        JsonNode parameters = s3.at("/ProcessingConfiguration/Processors/0/Parameters");
        assertThat(parameters.get(1).path("ParameterValue").asDouble()).isLessThanOrEqualTo(1);
        int timeout = pipeline.properties("Transform").path("Timeout").asInt();
        assertThat(timeout).isBetween(20, 300);
        String keys =
            pipeline.properties("Transform").at("/Environment/Variables/PARTITION_KEYS").asText();
        for (String key : keys.split(",")) {
          if (!key.isEmpty()) {
            assertThat(s3.path("Prefix").asText()).contains("!{partitionKeyFromLambda:" + key);
          }
        }
        assertThat(s3.path("DynamicPartitioningConfiguration").path("Enabled").asBoolean())
            .isEqualTo(!keys.isEmpty());
      }
    }
    Deployed direct = deployed("sluice-pipeline", 2);
    assertThat(direct.properties("Delivery").path("DeliveryStreamType").asText())
        .isEqualTo("DirectPut");
    assertThat(direct.properties("ReingestPolicy").toString())
        .contains("firehose:PutRecordBatch", "<Delivery.Arn>");
    assertThat(deployed("sluice-pipeline", 4).properties("TransformRole").toString())
        .contains("kinesis:PutRecords");
    assertThat(deployed("sluice-pipeline", 0).properties("TransformRole").toString())
        .doesNotContain("kinesis:PutRecords", "sqs:SendMessage");
    assertThat(deployed("sluice-pipeline", 3).ofType("AWS::Lambda::Function")).isEmpty();
  }

  @Test
  void filesHaveVersionsAQueueAndTheTablesOfTheirPage() {
    Deployed files = deployed("sluice-files", 0);
    JsonNode uploads = files.properties("Uploads");
    assertThat(uploads.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
    assertThat(uploads.at("/NotificationConfiguration/QueueConfigurations").toString())
        .contains("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "<Events.Arn>");
    JsonNode letIn = files.properties("EventsPolicy").at("/PolicyDocument/Statement/1");
    assertThat(letIn.at("/Condition/ArnEquals/aws:SourceArn").asText())
        .isEqualTo("arn:aws:s3:::example-uploads");
    assertThat(letIn.at("/Condition/StringEquals/aws:SourceAccount").asText())
        .isEqualTo("123456789012");
    assertThat(files.properties("Events").at("/RedrivePolicy/deadLetterTargetArn").asText())
        .isEqualTo("<Errors.Arn>");
    JsonNode table = files.properties("Files");
    assertThat(table.path("TableName").asText()).isEqualTo("FileMetadata");
    assertThat(table.path("KeySchema").toString()).contains("FileName", "Upload");
    JsonNode index = table.at("/GlobalSecondaryIndexes/0");
    assertThat(index.path("IndexName").asText()).isEqualTo("ByTime");
    assertThat(index.path("KeySchema").toString()).contains("Listing", "Listed");
    assertThat(index.at("/Projection/ProjectionType").asText()).isEqualTo("ALL");
    assertThat(files.properties("Claims").at("/TimeToLiveSpecification/AttributeName").asText())
        .isEqualTo("expires");
    assertThat(files.ofType("AWS::ECS::Service")).isEmpty();
  }

  @Test
  void thePagesAreBehindTlsAndNobodyIsLetInUnnamed() {
    Deployed files = deployed("sluice-files", 1);
    assertThat(files.properties("WebListener").path("Protocol").asText()).isEqualTo("HTTPS");
    assertThat(files.properties("LoadBalancer").path("Scheme").asText()).isEqualTo("internal");
    assertThat(files.properties("WebClients").path("CidrIp").asText()).isEqualTo("10.0.0.0/8");
    Map<String, String> web =
        Environments.ofContainer(files.properties("WebTask").at("/ContainerDefinitions/0"));
    assertThat(web).containsEntry("WEB_PASSWORD", "<WebPasswordSecret>");
    assertThat(files.properties("WebTask").path("ContainerDefinitions").toString())
        .doesNotContain("\"Name\":\"WEB_PASSWORD\",\"Value\"");
    assertThat(files.properties("WebTargets").path("HealthCheckPath").asText())
        .isEqualTo("/health");

    var unnamed = new java.util.LinkedHashMap<>(Variants.all().get("sluice-files").get(1));
    unnamed.remove("WebClientCidr");
    Deployed closed = new Deployed(Committed.template("sluice-files"), unnamed);
    assertThat(closed.resources()).doesNotContainKey("WebClients");
  }

  @Test
  void registrationsHaveNoWayToTheInternet() {
    Deployed registrations = deployed("sluice-registrations", 0);
    assertThat(registrations.ofType("AWS::EC2::InternetGateway")).isEmpty();
    assertThat(registrations.ofType("AWS::EC2::NatGateway")).isEmpty();
    assertThat(registrations.ofType("AWS::EC2::Route")).isEmpty();
    assertThat(registrations.properties("DynamoDbEndpoint").path("VpcEndpointType").asText())
        .isEqualTo("Gateway");
    assertThat(registrations.properties("SecretsEndpoint").path("VpcEndpointType").asText())
        .isEqualTo("Interface");
    assertThat(registrations.properties("SecretsEndpoint").path("PrivateDnsEnabled").asBoolean())
        .isTrue();
    assertThat(registrations.ofType("AWS::EC2::Subnet")).hasSize(2);
    assertThat(registrations.properties("DatabaseSettings").at("/Parameters").toString())
        .contains("\"require_secure_transport\":\"ON\"");
    JsonNode function = registrations.properties("Function");
    assertThat(function.at("/VpcConfig/SubnetIds").size()).isEqualTo(2);
    assertThat(Environments.ofFunction(function))
        .containsEntry("DATABASE_TLS", "require")
        .doesNotContainKey("JAVA_TOOL_OPTIONS");
    assertThat(Environments.ofFunction(deployed("sluice-registrations", 1).properties("Function")))
        .containsEntry("DATABASE_TLS", "verify")
        .containsEntry(
            "JAVA_TOOL_OPTIONS",
            "-Djavax.net.ssl.trustStore=/opt/rds/truststore.p12"
                + " -Djavax.net.ssl.trustStorePassword=changeit");
    assertThat(registrations.properties("Customers").path("KeySchema").toString())
        .contains("CustID");
  }

  @Test
  void windowsTumble() {
    Deployed own = deployed("sluice-windows", 0);
    JsonNode mapping = own.properties("Mapping");
    assertThat(mapping.path("TumblingWindowInSeconds").asInt()).isEqualTo(300);
    assertThat(mapping.path("EventSourceArn").asText()).isEqualTo("<Items.StreamArn>");
    assertThat(own.properties("Results").path("KeySchema").toString())
        .contains("\"Window\"", "\"Part\"");
    Deployed other = deployed("sluice-windows", 1);
    assertThat(other.resources()).doesNotContainKey("Items");
    assertThat(other.properties("Mapping").path("EventSourceArn").asText())
        .contains(":table/orders");
  }

  @Test
  void modesOfTheFanOutAreFunctionsOfTheirOwn() {
    Deployed all = deployed("sluice-fan-out", 1);
    assertThat(all.ofType("AWS::Lambda::Function")).hasSize(3);
    assertThat(all.ofType("AWS::Lambda::EventSourceMapping")).hasSize(3);
    assertThat(all.ofType("AWS::Kinesis::StreamConsumer")).hasSize(3);
    all.ofType("AWS::Lambda::EventSourceMapping")
        .forEach(
            (id, mapping) -> {
              String mode = id.replace("Mapping", "");
              assertThat(mapping.path("EventSourceArn").asText())
                  .isEqualTo('<' + mode + "Registration>");
              // SnapStart is of published versions alone.
              assertThat(mapping.path("FunctionName").asText())
                  .isEqualTo('<' + mode + "FunctionAlias>");
            });
    assertThat(all.properties("EnrichFunction").at("/SnapStart/ApplyOn").asText())
        .isEqualTo("PublishedVersions");
    assertThat(all.properties("AlertState").path("KeySchema").toString()).contains("Shard");
    assertThat(all.properties("AlertState").at("/TimeToLiveSpecification/AttributeName").asText())
        .isEqualTo("ExpiresAt");
    Deployed metrics = deployed("sluice-fan-out", 2);
    assertThat(metrics.ofType("AWS::Lambda::Function")).containsOnlyKeys("MetricsFunction");
    assertThat(metrics.ofType("AWS::S3::Bucket")).isEmpty();
    assertThat(metrics.ofType("AWS::SNS::Topic")).isEmpty();
  }

  @Test
  void provisionedConcurrencyIsOfTheAlias() {
    Deployed registrations = deployed("sluice-registrations", 1);
    assertThat(
            registrations
                .properties("FunctionAlias")
                .at("/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions")
                .asInt())
        .isEqualTo(2);
    assertThat(registrations.properties("Mapping").path("FunctionName").asText())
        .isEqualTo("<FunctionAlias>");
    assertThat(deployed("sluice-registrations", 0).ofType("AWS::Lambda::Alias")).isEmpty();
  }
}
