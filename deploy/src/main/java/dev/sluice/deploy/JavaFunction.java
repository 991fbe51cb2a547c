package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.lambda.CfnAlias;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.CfnVersion;
import software.amazon.awscdk.services.logs.CfnLogGroup;

/**
 * A Lambda function with its log group and its role. Whoever invokes it is given {@link #target()}:
 * the function itself, or the alias of a published version where SnapStart or provisioned
 * concurrency want one.
 */
final class JavaFunction {
  private static final String ALIAS = "live";
  private static final String LAMBDA = "lambda.amazonaws.com";

  /** What a function is made of besides the parameters that all functions of a stack share. */
  static final class Plan {
    private final String id;
    private final String handler;
    private final String description;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<Statement> statements = new ArrayList<>();
    private Number timeoutSeconds;
    private Optional<CfnCondition> onlyIf = Optional.empty();
    private Optional<CfnFunction.VpcConfigProperty> network = Optional.empty();
    private Optional<CfnCondition> traced = Optional.empty();

    /**
     * @param id of the function in the template; its role and log group are named after it
     * @param handler class and method
     */
    Plan(String id, String handler, String description) {
      this.id = id;
      this.handler = handler;
      this.description = description;
    }

    String id() {
      return id;
    }

    Plan within(Number seconds) {
      timeoutSeconds = seconds;
      return this;
    }

    Plan set(String key, Object value) {
      settings.put(key, value.toString());
      return this;
    }

    Plan setAll(Map<String, Object> values) {
      values.forEach(this::set);
      return this;
    }

    Plan may(Statement... more) {
      statements.addAll(List.of(more));
      return this;
    }

    Plan may(List<Statement> more) {
      statements.addAll(more);
      return this;
    }

    Plan onlyIf(CfnCondition condition) {
      onlyIf = Optional.of(condition);
      return this;
    }

    Plan in(CfnFunction.VpcConfigProperty vpc) {
      network = Optional.of(vpc);
      return this;
    }

    /** Under this condition X-Ray gets traces, by the wrapper of a layer. */
    Plan tracedIf(CfnCondition condition) {
      traced = Optional.of(condition);
      return this;
    }
  }

  private final SluiceStack stack;
  private final FunctionParameters parameters;
  private final Plan plan;
  private final CfnFunction function;
  private final CfnRole role;
  private final Object target;

  JavaFunction(SluiceStack stack, FunctionParameters parameters, Plan plan) {
    this.stack = stack;
    this.parameters = parameters;
    this.plan = plan;
    CfnLogGroup logs =
        CfnLogGroup.Builder.create(stack, plan.id + "Log")
            .retentionInDays(parameters.logRetentionDays.getValueAsNumber())
            .build();
    role = stack.role(plan.id + "Role", LAMBDA, statements(logs));
    function = function(logs);
    conditional(logs);
    conditional(role);
    conditional(function);
    target = publish();
  }

  private List<Statement> statements(CfnLogGroup logs) {
    var all = new ArrayList<Statement>();
    all.add(
        Statement.allow("WriteLog", "logs:CreateLogStream", "logs:PutLogEvents")
            .on(logs.getAttrArn()));
    all.addAll(plan.statements);
    plan.traced.ifPresent(
        condition ->
            all.add(
                Statement.allow("Trace", "xray:PutTraceSegments", "xray:PutTelemetryRecords")
                    .on("*")
                    .onlyIf(condition.getLogicalId())
                    .because("X-Ray knows no resources for these actions.")));
    return all;
  }

  private CfnFunction function(CfnLogGroup logs) {
    plan.traced.ifPresent(
        condition -> {
          String id = condition.getLogicalId();
          plan.set("TRACING", Fn.conditionIf(id, "opentelemetry", "off"));
          plan.set(
              "AWS_LAMBDA_EXEC_WRAPPER", Fn.conditionIf(id, "/opt/otel-instrument", Aws.NO_VALUE));
        });
    var builder =
        CfnFunction.Builder.create(stack, plan.id)
            .description(plan.description)
            .handler(plan.handler)
            .runtime(parameters.runtime.getValueAsString())
            .architectures(List.of(parameters.architecture.getValueAsString()))
            .memorySize(parameters.memorySize.getValueAsNumber())
            .timeout(plan.timeoutSeconds)
            .code(
                CfnFunction.CodeProperty.builder()
                    .s3Bucket(parameters.artifactBucket.getValueAsString())
                    .s3Key(parameters.artifactKey.getValueAsString())
                    .build())
            .role(role.getAttrArn())
            .environment(CfnFunction.EnvironmentProperty.builder().variables(plan.settings).build())
            .loggingConfig(
                CfnFunction.LoggingConfigProperty.builder()
                    .logFormat("Text") // the function's own lines are JSON already
                    .logGroup(logs.getRef())
                    .build())
            .snapStart(
                CfnFunction.SnapStartProperty.builder()
                    .applyOn(
                        Fn.conditionIf(
                                parameters.snapStarts.getLogicalId(), "PublishedVersions", "None")
                            .toString())
                    .build());
    plan.network.ifPresent(builder::vpcConfig);
    CfnFunction made = builder.build();
    made.addPropertyOverride(
        "Layers",
        Map.of(
            "Fn::If",
            List.of(
                parameters.hasLayers.getLogicalId(),
                Map.of("Fn::Split", List.of(",", Map.of("Ref", "LayerArns"))),
                Map.of("Ref", "AWS::NoValue"))));
    plan.traced.ifPresent(
        condition ->
            made.setTracingConfig(
                CfnFunction.TracingConfigProperty.builder()
                    .mode(
                        Fn.conditionIf(condition.getLogicalId(), "Active", "PassThrough")
                            .toString())
                    .build()));
    return made;
  }

  private void conditional(CfnResource resource) {
    plan.onlyIf.ifPresent(condition -> resource.getCfnOptions().setCondition(condition));
  }

  private Object publish() {
    CfnCondition published = parameters.published;
    if (plan.onlyIf.isPresent()) {
      ICfnConditionExpression both = Fn.conditionAnd(plan.onlyIf.get(), parameters.published);
      published = stack.condition(plan.id + "Published", both);
    }
    CfnVersion version =
        CfnVersion.Builder.create(stack, plan.id + "Version")
            .functionName(function.getRef())
            .description(parameters.release.getValueAsString())
            .build();
    CfnAlias alias =
        CfnAlias.Builder.create(stack, plan.id + "Alias")
            .name(ALIAS)
            .functionName(function.getRef())
            .functionVersion(version.getAttrVersion())
            .build();
    alias.addPropertyOverride(
        "ProvisionedConcurrencyConfig",
        Map.of(
            "Fn::If",
            List.of(
                parameters.provisioned.getLogicalId(),
                Map.of(
                    "ProvisionedConcurrentExecutions",
                    Map.of("Ref", parameters.provisionedConcurrency.getLogicalId())),
                Map.of("Ref", "AWS::NoValue"))));
    version.getCfnOptions().setCondition(published);
    alias.getCfnOptions().setCondition(published);
    return Fn.conditionIf(
        parameters.published.getLogicalId(), alias.getRef(), function.getAttrArn());
  }

  /** ARN that others invoke. */
  String target() {
    return target.toString();
  }

  String name() {
    return function.getRef();
  }

  CfnFunction resource() {
    return function;
  }

  CfnRole role() {
    return role;
  }
}
