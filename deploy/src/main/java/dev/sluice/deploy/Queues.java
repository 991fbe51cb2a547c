package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.CfnQueuePolicy;

/** Queues: encrypted, spoken to by TLS alone. */
final class Queues {
  /** What nobody has dealt with waits as long as SQS allows. */
  private static final int LONGEST_RETENTION_SECONDS = 14 * 24 * 60 * 60;

  /** Below five a short outage ends in the dead-letter queue. */
  private static final int MAX_RECEIVES = 5;

  private Queues() {}

  /** A queue for what a person has to look at. */
  static CfnQueue deadLetters(SluiceStack stack, String id) {
    CfnQueue queue =
        CfnQueue.Builder.create(stack, id)
            .messageRetentionPeriod(LONGEST_RETENTION_SECONDS)
            .sqsManagedSseEnabled(true)
            .build();
    policy(stack, id, queue, List.of());
    return queue;
  }

  static CfnQueue deadLetters(SluiceStack stack, String id, CfnCondition onlyIf) {
    CfnQueue queue =
        CfnQueue.Builder.create(stack, id)
            .messageRetentionPeriod(LONGEST_RETENTION_SECONDS)
            .sqsManagedSseEnabled(true)
            .build();
    queue.getCfnOptions().setCondition(onlyIf);
    policy(stack, id, queue, List.of()).getCfnOptions().setCondition(onlyIf);
    return queue;
  }

  /**
   * A queue that a function reads.
   *
   * @param visibilitySeconds six times the function's time-out, or more
   */
  static CfnQueue read(
      SluiceStack stack, String id, CfnQueue deadLetters, Number visibilitySeconds) {
    var redrive = new LinkedHashMap<String, Object>();
    redrive.put("deadLetterTargetArn", deadLetters.getAttrArn());
    redrive.put("maxReceiveCount", MAX_RECEIVES);
    return CfnQueue.Builder.create(stack, id)
        .visibilityTimeout(visibilitySeconds)
        .messageRetentionPeriod(LONGEST_RETENTION_SECONDS)
        .redrivePolicy(redrive)
        .sqsManagedSseEnabled(true)
        .build();
  }

  /**
   * @param more statements besides the refusal of what does not come by TLS
   */
  static CfnQueuePolicy policy(SluiceStack stack, String id, CfnQueue queue, List<Statement> more) {
    var statements = new ArrayList<Statement>();
    statements.add(Statement.refuseWithoutTls("sqs:*", queue.getAttrArn()).because("It refuses."));
    statements.addAll(more);
    CfnQueuePolicy policy =
        CfnQueuePolicy.Builder.create(stack, id + "Policy")
            .queues(List.of(queue.getRef()))
            .policyDocument(Statement.document(statements))
            .build();
    SluiceStack.giveReasons(policy, statements);
    return policy;
  }

  /** What a mapping needs to read a queue. */
  static Statement reading(CfnQueue queue) {
    return Statement.allow(
            "ReadQueue",
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility")
        .on(queue.getAttrArn());
  }

  static Statement sending(String sid, CfnQueue queue) {
    return Statement.allow(sid, "sqs:SendMessage").on(queue.getAttrArn());
  }

  /** Lets a bucket of this account send its events. */
  static Statement fromBucket(CfnQueue queue, String bucketArn, String account) {
    return Statement.allow("EventsOfBucket", "sqs:SendMessage")
        .on(queue.getAttrArn())
        .by(Map.of("Service", "s3.amazonaws.com"))
        .where(
            new java.util.TreeMap<>(
                Map.of(
                    "ArnEquals", Map.of("aws:SourceArn", bucketArn),
                    "StringEquals", Map.of("aws:SourceAccount", account))));
  }
}
