package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What every bucket, queue, topic, table, stream, log and mapping of a deployment has to have. */
final class Protection {
  private static final int VISIBILITY_FACTOR = 6;
  private static final int MIN_RECEIVES = 5;

  private final Deployed deployed;
  private final List<String> problems = new ArrayList<>();

  private Protection(Deployed deployed) {
    this.deployed = deployed;
  }

  static List<String> problems(Deployed deployed) {
    var protection = new Protection(deployed);
    protection.buckets();
    protection.queues();
    protection.topics();
    protection.stores();
    protection.functions();
    protection.mappings();
    protection.groups();
    return protection.problems;
  }

  private void must(boolean holds, String id, String what) {
    if (!holds) {
      problems.add(id + ": " + what);
    }
  }

  private void buckets() {
    deployed
        .ofType("AWS::S3::Bucket")
        .forEach(
            (id, bucket) -> {
              must(
                  bucket.at("/BucketEncryption/ServerSideEncryptionConfiguration/0").size() == 1,
                  id,
                  "is not encrypted");
              JsonNode closed = bucket.path("PublicAccessBlockConfiguration");
              must(closed.size() == 4, id, "is open to the public");
              closed.forEach(each -> must(each.asBoolean(), id, "is open to the public"));
              must(
                  bucket
                      .path("LifecycleConfiguration")
                      .toString()
                      .contains("AbortIncompleteMultipartUpload"),
                  id,
                  "keeps parts of uploads that broke off");
              tlsOnly(id, "AWS::S3::BucketPolicy", "Bucket");
              outlives(id, "Retain");
            });
  }

  private void queues() {
    deployed
        .ofType("AWS::SQS::Queue")
        .forEach(
            (id, queue) -> {
              must(queue.path("SqsManagedSseEnabled").asBoolean(), id, "is not encrypted");
              tlsOnly(id, "AWS::SQS::QueuePolicy", "Queues");
            });
  }

  private void topics() {
    deployed
        .ofType("AWS::SNS::Topic")
        .forEach(
            (id, topic) -> {
              must(topic.has("KmsMasterKeyId"), id, "is not encrypted");
              tlsOnly(id, "AWS::SNS::TopicPolicy", "Topics");
            });
  }

  private void tlsOnly(String id, String type, String member) {
    boolean refuses = false;
    for (JsonNode policy : deployed.ofType(type).values()) {
      if (policy.path(member).toString().contains("<" + id + ">")) {
        for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
          refuses |=
              statement.path("Effect").asText().equals("Deny")
                  && statement.at("/Condition/Bool/aws:SecureTransport").asText().equals("false");
        }
      }
    }
    must(refuses, id, "takes calls without TLS");
  }

  private void stores() {
    deployed
        .ofType("AWS::DynamoDB::Table")
        .forEach(
            (id, table) -> {
              must(table.at("/SSESpecification/SSEEnabled").asBoolean(), id, "is not encrypted");
              must(
                  table
                      .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                      .asBoolean(),
                  id,
                  "has no past to go back to");
            });
    deployed
        .ofType("AWS::Kinesis::Stream")
        .forEach(
            (id, stream) ->
                must(
                    stream.at("/StreamEncryption/EncryptionType").asText().equals("KMS"),
                    id,
                    "is not encrypted"));
    deployed
        .ofType("AWS::RDS::DBInstance")
        .forEach(
            (id, database) -> {
              must(database.path("StorageEncrypted").asBoolean(), id, "is not encrypted");
              must(!database.path("PubliclyAccessible").asBoolean(true), id, "is public");
              must(
                  database.path("ManageMasterUserPassword").asBoolean(),
                  id,
                  "has a password that somebody knows");
              outlives(id, "Snapshot");
            });
    deployed
        .ofType("AWS::Logs::LogGroup")
        .forEach((id, log) -> must(log.path("RetentionInDays").asInt() > 0, id, "never ends"));
  }

  private void outlives(String id, String how) {
    JsonNode resource = deployed.resources().get(id);
    String expected = deployed.parameter("RetainData").equals("true") ? how : "Delete";
    must(
        resource.path("DeletionPolicy").asText().equals(expected),
        id,
        "RetainData is not what happens to it");
    must(resource.path("UpdateReplacePolicy").asText().equals(how), id, "an update may destroy it");
  }

  private void functions() {
    deployed
        .ofType("AWS::Lambda::Function")
        .forEach(
            (id, function) -> {
              must(
                  deployed
                      .resources()
                      .containsKey(name(function.at("/LoggingConfig/LogGroup").asText())),
                  id,
                  "writes its log where nothing bounds it");
              must(
                  function.path("Runtime").asText().matches("java(17|21|25)"),
                  id,
                  "runs on something else");
            });
  }

  private void mappings() {
    deployed
        .ofType("AWS::Lambda::EventSourceMapping")
        .forEach(
            (id, mapping) -> {
              must(
                  mapping
                      .path("FunctionResponseTypes")
                      .toString()
                      .equals("[\"ReportBatchItemFailures\"]"),
                  id,
                  "takes a batch for all or nothing");
              String source = mapping.path("EventSourceArn").asText();
              JsonNode queue = deployed.ofType("AWS::SQS::Queue").get(name(source));
              if (queue == null) {
                stream(id, mapping);
              } else {
                queue(name(source), queue, timeout(mapping));
              }
            });
  }

  private void stream(String id, JsonNode mapping) {
    must(mapping.path("BisectBatchOnFunctionError").asBoolean(), id, "does not halve a batch");
    must(mapping.path("MaximumRetryAttempts").asInt(-1) >= 0, id, "tries for ever");
    must(mapping.path("MaximumRecordAgeInSeconds").asInt(-1) > 0, id, "tries for ever");
    must(
        !mapping.at("/DestinationConfig/OnFailure/Destination").asText().isEmpty(),
        id,
        "tells nobody what it gave up");
    must(mapping.path("ParallelizationFactor").asInt() == 1, id, "leaves the order of a shard");
  }

  private void queue(String id, JsonNode queue, int timeoutSeconds) {
    must(
        queue.path("VisibilityTimeout").asInt() >= VISIBILITY_FACTOR * timeoutSeconds,
        id,
        "shows a message again before six time-outs of " + timeoutSeconds + " s");
    must(
        queue.at("/RedrivePolicy/maxReceiveCount").asInt() >= MIN_RECEIVES,
        id,
        "gives up before five receives");
  }

  private int timeout(JsonNode mapping) {
    String target = name(mapping.path("FunctionName").asText());
    JsonNode function = deployed.properties(target.replaceAll("Alias$", ""));
    return function.path("Timeout").asInt();
  }

  /** Closed by default: nothing comes in but from another group or from who was named. */
  private void groups() {
    deployed
        .ofType("AWS::EC2::SecurityGroup")
        .forEach(
            (id, group) -> {
              must(!group.path("SecurityGroupEgress").isEmpty(), id, "lets everything out");
              group
                  .path("SecurityGroupIngress")
                  .forEach(rule -> must(!rule.has("CidrIp"), id, "lets a network in"));
              group
                  .path("SecurityGroupEgress")
                  .forEach(
                      rule ->
                          must(
                              !rule.path("IpProtocol").asText().equals("-1"),
                              id,
                              "lets everything out"));
            });
    deployed
        .ofType("AWS::EC2::SecurityGroupIngress")
        .forEach(
            (id, rule) ->
                must(
                    rule.has("SourceSecurityGroupId")
                        || rule.path("CidrIp").asText().equals(deployed.parameter("WebClientCidr")),
                    id,
                    "lets in whom nobody named"));
  }

  /** {@code Queue} of {@code <Queue.Arn>}. */
  private static String name(String placeholder) {
    return placeholder.replaceAll("^<([A-Za-z0-9]+).*$", "$1");
  }
}
