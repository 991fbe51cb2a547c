package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ecs.CfnTaskDefinition;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.logs.CfnLogGroup;

/**
 * A task of Fargate with one container: not root, a root folder that nobody writes, java as the
 * first process, 120 s to stop. It is what enricher/consumer/operations/ecs-task-definition.json
 * says; a test holds the two to each other.
 */
final class Container {
  private static final int PORT = 8080;

  /** The longest that Fargate waits. */
  private static final int STOP_SECONDS = 120;

  private static final int OPEN_FILES = 65_536;
  private static final String TASKS = "ecs-tasks.amazonaws.com";
  private static final String IMAGE =
      "([0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9][a-z0-9._/-]*"
          + "(:[A-Za-z0-9_.-]+)?(@sha256:[0-9a-f]{64})?)?";

  private final SluiceStack stack;
  private final String id;
  private final CfnParameter image;
  private final CfnParameter size;
  private final CfnCondition runs;
  private final CfnLogGroup logs;
  private final Map<String, Object> settings = new TreeMap<>();
  private final Map<String, Object> secrets = new TreeMap<>();
  private final List<Statement> permissions = new ArrayList<>();
  private final List<Statement> startPermissions = new ArrayList<>();

  /**
   * @param id of what runs, such as Consumer; parameters are named after it
   * @param logRetentionDays the stack's parameter
   */
  Container(SluiceStack stack, String id, CfnParameter logRetentionDays) {
    this.stack = stack;
    this.id = id;
    image =
        Parameter.text(stack, id + "Image", "Image in ECR; without one nothing of it is there.")
            .matching(IMAGE, "the URI of an image in ECR, or nothing")
            .defaultsTo("")
            .create();
    size =
        Parameter.text(stack, id + "Size", "vCPU and GB of a task.")
            .oneOf("0.5-1", "1-2", "2-4", "4-8")
            .defaultsTo(id.equals("Consumer") ? "1-2" : "0.5-1")
            .create();
    runs = stack.given("Has" + id, image);
    logs =
        CfnLogGroup.Builder.create(stack, id + "Log")
            .retentionInDays(logRetentionDays.getValueAsNumber())
            .build();
    conditional(logs);
    Sizes.mapping(stack);
  }

  String logGroup() {
    return logs.getRef();
  }

  CfnCondition runs() {
    return runs;
  }

  CfnParameter image() {
    return image;
  }

  Container set(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  Container setAll(Map<String, Object> values) {
    settings.putAll(values);
    return this;
  }

  Container secret(String key, String arn) {
    secrets.put(key, arn);
    startPermissions.add(
        Statement.allow(
                "Read" + EnricherParameters.parameterOf(key), "secretsmanager:GetSecretValue")
            .on(arn));
    return this;
  }

  /** A secret that is there under a condition. */
  Container secretIf(String condition, String key, String arn) {
    secrets.put(key, new IfGiven(condition, arn));
    startPermissions.add(reading(key, arn).onlyIf(condition));
    return this;
  }

  private static Statement reading(String key, String arn) {
    return Statement.allow(
            "Read" + EnricherParameters.parameterOf(key), "secretsmanager:GetSecretValue")
        .on(arn);
  }

  Container may(List<Statement> more) {
    permissions.addAll(more);
    return this;
  }

  Container may(Statement... more) {
    return may(List.of(more));
  }

  <R extends CfnResource> R conditional(R resource) {
    resource.getCfnOptions().setCondition(runs);
    return resource;
  }

  /**
   * @param probe main class that asks for the container's health
   * @param startSeconds before its first failure counts
   */
  CfnTaskDefinition task(String probe, int startSeconds) {
    CfnRole taskRole =
        conditional(stack.role(id + "Role", TASKS, permissions, Sizes.ofThisAccount()));
    CfnRole startRole =
        conditional(stack.role(id + "StartRole", TASKS, start(), Sizes.ofThisAccount()));
    return conditional(
        CfnTaskDefinition.Builder.create(stack, id + "Task")
            .requiresCompatibilities(List.of("FARGATE"))
            .networkMode("awsvpc")
            .cpu(Fn.findInMap(Sizes.MAP, size.getValueAsString(), Sizes.CPU))
            .memory(Fn.findInMap(Sizes.MAP, size.getValueAsString(), Sizes.MEMORY))
            .runtimePlatform(
                CfnTaskDefinition.RuntimePlatformProperty.builder()
                    .cpuArchitecture(Sizes.architecture(stack, id))
                    .operatingSystemFamily("LINUX")
                    .build())
            .taskRoleArn(taskRole.getAttrArn())
            .executionRoleArn(startRole.getAttrArn())
            .volumes(List.of(CfnTaskDefinition.VolumeProperty.builder().name("tmp").build()))
            .containerDefinitions(List.of(container(probe, startSeconds)))
            .build());
  }

  private List<Statement> start() {
    // ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY[:TAG][@DIGEST]. The transform selects before
    // it looks at
    // conditions (cfn-language-discussion #159), so there is something to select when there is no
    // image, too.
    String uri = image.getValueAsString();
    String withoutTag = Fn.select(0, Fn.split("@", Fn.select(0, Fn.split(":", uri))));
    String repository =
        Fn.join(
            "",
            List.of(
                "arn:",
                Aws.PARTITION,
                ":ecr:",
                Fn.select(3, Fn.split(".", Fn.sub("${" + id + "Image}..."))),
                ":",
                Fn.select(0, Fn.split(".", uri)),
                ":repository/",
                Fn.select(1, Fn.split(".amazonaws.com/", withoutTag + ".amazonaws.com/"))));
    var statements = new ArrayList<Statement>();
    statements.add(
        Statement.allow("LogIn", "ecr:GetAuthorizationToken")
            .on("*")
            .because("The action knows no resources."));
    statements.add(
        Statement.allow(
                "PullImage",
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer")
            .on(repository));
    statements.add(
        Statement.allow("WriteLog", "logs:CreateLogStream", "logs:PutLogEvents")
            .on(logs.getAttrArn()));
    statements.addAll(startPermissions);
    return statements;
  }

  private CfnTaskDefinition.ContainerDefinitionProperty container(String probe, int startSeconds) {
    return CfnTaskDefinition.ContainerDefinitionProperty.builder()
        .name(id.toLowerCase(java.util.Locale.ROOT))
        .image(image.getValueAsString())
        .essential(true)
        .readonlyRootFilesystem(true)
        .user("10001:10001")
        .stopTimeout(STOP_SECONDS)
        .mountPoints(
            List.of(
                CfnTaskDefinition.MountPointProperty.builder()
                    .sourceVolume("tmp")
                    .containerPath("/tmp")
                    .build()))
        .linuxParameters(
            CfnTaskDefinition.LinuxParametersProperty.builder()
                .initProcessEnabled(false)
                .capabilities(
                    CfnTaskDefinition.KernelCapabilitiesProperty.builder()
                        .drop(List.of("ALL"))
                        .build())
                .build())
        .portMappings(
            List.of(
                CfnTaskDefinition.PortMappingProperty.builder()
                    .containerPort(PORT)
                    .protocol("tcp")
                    .build()))
        .environment(variables())
        .secrets(secretVariables())
        .healthCheck(
            CfnTaskDefinition.HealthCheckProperty.builder()
                .command(
                    List.of(
                        "CMD",
                        "java",
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "/app/lib/*",
                        probe))
                .interval(30)
                .timeout(10)
                .retries(3)
                .startPeriod(startSeconds)
                .build())
        .ulimits(
            List.of(
                CfnTaskDefinition.UlimitProperty.builder()
                    .name("nofile")
                    .softLimit(OPEN_FILES)
                    .hardLimit(OPEN_FILES)
                    .build()))
        .logConfiguration(
            CfnTaskDefinition.LogConfigurationProperty.builder()
                .logDriver("awslogs")
                .options(logOptions())
                .build())
        .build();
  }

  private List<Object> variables() {
    var variables = new ArrayList<Object>();
    settings.forEach(
        (key, value) ->
            variables.add(
                value instanceof IfGiven given
                    ? entry(key, "Value", given)
                    : CfnTaskDefinition.KeyValuePairProperty.builder()
                        .name(key)
                        .value(value.toString())
                        .build()));
    return variables;
  }

  private List<Object> secretVariables() {
    var variables = new ArrayList<Object>();
    secrets.forEach(
        (key, arn) ->
            variables.add(
                arn instanceof IfGiven given
                    ? entry(key, "ValueFrom", given)
                    : CfnTaskDefinition.SecretProperty.builder()
                        .name(key)
                        .valueFrom(arn.toString())
                        .build()));
    return variables;
  }

  /** Conditions are no part of the types, so what is in one bears the names of the template. */
  private static Object entry(String key, String member, IfGiven given) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("Name", key);
    entry.put(member, given.value());
    return Fn.conditionIf(given.condition(), entry, Aws.NO_VALUE);
  }

  private Map<String, String> logOptions() {
    var options = new LinkedHashMap<String, String>();
    options.put("awslogs-group", logs.getRef());
    options.put("awslogs-region", Aws.REGION);
    options.put("awslogs-stream-prefix", id.toLowerCase(java.util.Locale.ROOT));
    options.put("mode", "non-blocking");
    options.put("max-buffer-size", "4m");
    return options;
  }
}
