package dev.sluice.deploy;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.kinesis.CfnStream;

/** An encrypted Kinesis stream and the parameters of its size. */
final class StreamParameters {
  private final SluiceStack stack;
  private final CfnParameter name;
  private final CfnParameter shards;
  private final CfnParameter retentionHours;
  private final CfnCondition onDemand;
  private final CfnCondition named;

  StreamParameters(SluiceStack stack) {
    this.stack = stack;
    name =
        Parameter.text(stack, "StreamName", "Name of the stream; one is made up when empty.")
            .matching("[A-Za-z0-9_.-]{0,128}", "up to 128 letters, digits, _, . and -")
            .defaultsTo("")
            .create();
    CfnParameter mode =
        Parameter.text(stack, "StreamMode", "Whether ShardCount holds, or AWS decides.")
            .oneOf("PROVISIONED", "ON_DEMAND")
            .defaultsTo("PROVISIONED")
            .create();
    shards =
        Parameter.number(stack, "ShardCount", "Shards of a provisioned stream.")
            .between(1, 500)
            .defaultsTo(2)
            .create();
    retentionHours =
        Parameter.number(
                stack, "RetentionHours", "Hours that records stay; above 24 they cost more.")
            .between(24, 8760)
            .defaultsTo(24)
            .create();
    named = stack.given("HasStreamName", name);
    onDemand = stack.condition("OnDemand", SluiceStack.is(mode, "ON_DEMAND"));
  }

  CfnStream create(String id) {
    CfnStream stream =
        CfnStream.Builder.create(stack, id)
            .name(
                Fn.conditionIf(named.getLogicalId(), name.getValueAsString(), Aws.NO_VALUE)
                    .toString())
            .retentionPeriodHours(retentionHours.getValueAsNumber())
            .streamEncryption(
                CfnStream.StreamEncryptionProperty.builder()
                    .encryptionType("KMS")
                    .keyId("alias/aws/kinesis")
                    .build())
            .streamModeDetails(
                CfnStream.StreamModeDetailsProperty.builder()
                    .streamMode(
                        Fn.conditionIf(onDemand.getLogicalId(), "ON_DEMAND", "PROVISIONED")
                            .toString())
                    .build())
            .build();
    stream.addPropertyOverride(
        "ShardCount",
        java.util.Map.of(
            "Fn::If",
            java.util.List.of(
                onDemand.getLogicalId(),
                java.util.Map.of("Ref", "AWS::NoValue"),
                java.util.Map.of("Ref", "ShardCount"))));
    return stream;
  }

  CfnParameter shards() {
    return shards;
  }
}
