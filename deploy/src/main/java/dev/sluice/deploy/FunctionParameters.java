package dev.sluice.deploy;

import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;

/** The parameters that every Lambda function of a stack shares: its package, runtime and start. */
final class FunctionParameters {
  private static final String OFF = "off";

  final CfnParameter artifactBucket;
  final CfnParameter artifactKey;
  final CfnParameter runtime;
  final CfnParameter architecture;
  final CfnParameter memorySize;
  final CfnParameter layerArns;
  final CfnParameter provisionedConcurrency;
  final CfnParameter release;
  final CfnParameter logRetentionDays;
  final CfnCondition hasLayers;
  final CfnCondition snapStarts;
  final CfnCondition provisioned;
  final CfnCondition published;

  /**
   * @param packageName the zip that {@code mvn package} writes
   * @param memory megabytes by default
   */
  FunctionParameters(SluiceStack stack, String packageName, int memory) {
    artifactBucket =
        Parameter.text(stack, "ArtifactBucket", "S3 bucket with the function's package.")
            .matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket")
            .create();
    artifactKey =
        Parameter.text(stack, "ArtifactKey", "Key of " + packageName + " in that bucket.")
            .matching("\\S{1,1000}", "the key of an object, without blanks")
            .create();
    runtime =
        Parameter.text(stack, "Runtime", "Runtime of the function.")
            .oneOf("java17", "java21", "java25")
            .defaultsTo("java21")
            .create();
    architecture =
        Parameter.text(stack, "Architecture", "Processor; the package serves both.")
            .oneOf("arm64", "x86_64")
            .defaultsTo("arm64")
            .create();
    memorySize =
        Parameter.number(stack, "MemorySize", "Memory in MB; 1769 is a whole processor.")
            .between(256, 10240)
            .defaultsTo(memory)
            .create();
    layerArns =
        Parameter.text(stack, "LayerArns", "Versions of up to five layers, separated by commas.")
            .matching(
                "(arn:[^\\s,]+:layer:[^\\s,]+(,arn:[^\\s,]+:layer:[^\\s,]+){0,4})?",
                "ARNs of up to five layer versions, separated by commas")
            .defaultsTo("")
            .create();
    CfnParameter snapStart =
        Parameter.text(
                stack,
                "SnapStart",
                "Starts from a snapshot; not together with ProvisionedConcurrency.")
            .oneOf(OFF, "on")
            .defaultsTo(OFF)
            .create();
    provisionedConcurrency =
        Parameter.number(
                stack,
                "ProvisionedConcurrency",
                "Environments that are kept started; not together with SnapStart.")
            .between(0, 1000)
            .defaultsTo(0)
            .create();
    release =
        Parameter.text(
                stack,
                "Release",
                "Another value publishes a version, for SnapStart or ProvisionedConcurrency.")
            .matching("[A-Za-z0-9._-]{1,64}", "up to 64 letters, digits, dots, _ and -")
            .defaultsTo("1")
            .create();
    logRetentionDays = logRetention(stack);
    hasLayers = stack.given("HasLayers", layerArns);
    snapStarts = stack.condition("SnapStarts", SluiceStack.is(snapStart, "on"));
    provisioned =
        stack.condition(
            "Provisioned", Fn.conditionNot(SluiceStack.is(provisionedConcurrency, "0")));
    published = stack.condition("Published", Fn.conditionOr(snapStarts, provisioned));
    stack.rule(
        "EitherSnapStartOrProvisionedConcurrency",
        SluiceStack.is(snapStart, "on"),
        SluiceStack.is(provisionedConcurrency, "0"),
        "SnapStart and ProvisionedConcurrency exclude each other: with SnapStart=on"
            + " ProvisionedConcurrency has to be 0");
  }

  private static CfnParameter logRetention(SluiceStack stack) {
    return Parameter.number(stack, "LogRetentionDays", "Days that log lines are kept.")
        .oneOf("1", "3", "7", "14", "30", "60", "90", "180", "365", "731", "1827", "3653")
        .defaultsTo(30)
        .create();
  }
}
