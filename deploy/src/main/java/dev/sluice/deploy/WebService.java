package dev.sluice.deploy;

import java.util.List;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ecs.CfnCluster;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.ecs.CfnTaskDefinition;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;

/**
 * The web application on Fargate behind a load balancer that ends TLS. Nobody reaches it until
 * WebClientCidr says who; the password is made by Secrets Manager.
 */
final class WebService {
  private static final int PORT = 8080;
  private static final int HTTPS = 443;

  /** What the pages may be silent for on a connection. */
  private static final int IDLE_SECONDS = 60;

  private static final int STOP_SECONDS = 30;

  private final FilesStack stack;
  private final Container container;
  private final Network network;
  private final CfnParameter certificate;
  private final CfnParameter scheme;
  private final CfnParameter balancerSubnets;
  private final CfnParameter clients;

  WebService(
      FilesStack stack,
      CfnBucket uploads,
      CfnBucket output,
      CfnTable files,
      CfnParameter logRetentionDays) {
    this.stack = stack;
    container = new Container(stack, "Web", logRetentionDays);
    network = new Network(stack, container, "Web");
    certificate =
        Parameter.text(stack, "CertificateArn", "Certificate of ACM; needed by WebImage.")
            .matching(Parameter.ARN_OR_NOTHING, "the ARN of a certificate, or nothing")
            .defaultsTo("")
            .create();
    balancerSubnets =
        Parameter.text(
                stack, "LoadBalancerSubnetIds", "Two or more, in different zones; for WebImage.")
            .matching("(" + Parameter.SUBNETS + ")?", "ids of subnets, separated by commas")
            .defaultsTo("")
            .create();
    scheme =
        Parameter.text(stack, "LoadBalancerScheme", "Who can reach it: a VPC or the Internet.")
            .oneOf("internal", "internet-facing")
            .defaultsTo("internal")
            .create();
    clients =
        Parameter.text(stack, "WebClientCidr", "Addresses that may ask; nobody when empty.")
            .matching("([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2})?", "a network such as 10.0.0.0/8")
            .defaultsTo("")
            .create();
    stack.rule(
        "WebNeedsALoadBalancer",
        SluiceStack.has(container.image()),
        Fn.conditionAnd(SluiceStack.has(certificate), SluiceStack.has(balancerSubnets)),
        "CertificateArn and LoadBalancerSubnetIds are needed by WebImage");

    CfnSecret password = password();
    container
        .set("WEB_HOST", "0.0.0.0")
        .set("WEB_PORT", "8080")
        .set("UPLOAD_BUCKET", uploads.getRef())
        .set("OUTPUT_BUCKET", output.getRef())
        .set("FILE_TABLE", files.getRef())
        .set("WEB_USER", "sluice")
        .secret("WEB_PASSWORD", password.getRef())
        .may(
            Statement.allow("FindObjects", "s3:ListBucket")
                .on(uploads.getAttrArn(), output.getAttrArn()),
            Statement.allow("Upload", "s3:PutObject", "s3:AbortMultipartUpload")
                .on(SluiceStack.under(uploads, "/*"))
                .because("Files have the names that users give them."),
            Statement.allow("Download", "s3:GetObject")
                .on(SluiceStack.under(output, "/*"))
                .because("Objects are named after uploads."),
            Statement.allow("ListFiles", "dynamodb:Query")
                .on(files.getAttrArn(), SluiceStack.under(files, "/index/ByTime")),
            Statement.allow("SeeFile", "dynamodb:GetItem").on(files.getAttrArn()));
    CfnTargetGroup targets = targets();
    CfnListener listener = balance(targets);
    serve(targets, listener);
    stack.output("WebPassword", password.getRef(), container.runs());
  }

  private CfnSecret password() {
    return container.conditional(
        CfnSecret.Builder.create(stack, "WebPasswordSecret")
            .description("Password of the user sluice of Sluice's pages.")
            .generateSecretString(
                CfnSecret.GenerateSecretStringProperty.builder()
                    .passwordLength(32)
                    .excludePunctuation(true)
                    .build())
            .build());
  }

  private CfnTargetGroup targets() {
    return container.conditional(
        CfnTargetGroup.Builder.create(stack, "WebTargets")
            .vpcId(network.vpc().getValueAsString())
            .targetType("ip")
            .protocol("HTTP")
            .port(PORT)
            .healthCheckPath("/health")
            .healthCheckIntervalSeconds(15)
            .healthyThresholdCount(2)
            .targetGroupAttributes(
                List.of(
                    attribute("deregistration_delay.timeout_seconds", STOP_SECONDS),
                    attribute("stickiness.enabled", "true"),
                    attribute("stickiness.type", "lb_cookie")))
            .build());
  }

  private static CfnTargetGroup.TargetGroupAttributeProperty attribute(String key, Object value) {
    return CfnTargetGroup.TargetGroupAttributeProperty.builder()
        .key(key)
        .value(value.toString())
        .build();
  }

  private static CfnLoadBalancer.LoadBalancerAttributeProperty ofBalancer(
      String key, Object value) {
    return CfnLoadBalancer.LoadBalancerAttributeProperty.builder()
        .key(key)
        .value(value.toString())
        .build();
  }

  private CfnSecurityGroup balancerGroup;

  private CfnListener balance(CfnTargetGroup targets) {
    balancerGroup =
        container.conditional(
            CfnSecurityGroup.Builder.create(stack, "LoadBalancerSecurityGroup")
                .groupDescription("TLS from WebClientCidr, to the pages alone.")
                .vpcId(network.vpc().getValueAsString())
                .securityGroupEgress(List.of(toNobody()))
                .build());
    CfnCondition open =
        stack.condition("WebIsOpen", Fn.conditionAnd(container.runs(), SluiceStack.has(clients)));
    CfnSecurityGroupIngress.Builder.create(stack, "WebClients")
        .groupId(balancerGroup.getAttrGroupId())
        .ipProtocol("tcp")
        .fromPort(HTTPS)
        .toPort(HTTPS)
        .cidrIp(clients.getValueAsString())
        .description("Who may ask, by TLS")
        .build()
        .getCfnOptions()
        .setCondition(open);
    CfnLoadBalancer balancer =
        container.conditional(
            CfnLoadBalancer.Builder.create(stack, "LoadBalancer")
                .type("application")
                .scheme(scheme.getValueAsString())
                .subnets(Fn.split(",", balancerSubnets.getValueAsString()))
                .securityGroups(List.of(balancerGroup.getAttrGroupId()))
                .loadBalancerAttributes(
                    List.of(
                        ofBalancer("idle_timeout.timeout_seconds", IDLE_SECONDS),
                        ofBalancer("routing.http.drop_invalid_header_fields.enabled", "true")))
                .build());
    stack.output("WebLoadBalancer", balancer.getAttrLoadBalancerFullName(), container.runs());
    stack.output("WebTargetGroup", targets.getAttrTargetGroupFullName(), container.runs());
    stack.output("WebAddress", balancer.getAttrDnsName(), container.runs());
    return container.conditional(
        CfnListener.Builder.create(stack, "WebListener")
            .loadBalancerArn(balancer.getRef())
            .port(HTTPS)
            .protocol("HTTPS")
            .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")
            .certificates(
                List.of(
                    CfnListener.CertificateProperty.builder()
                        .certificateArn(certificate.getValueAsString())
                        .build()))
            .defaultActions(
                List.of(
                    CfnListener.ActionProperty.builder()
                        .type("forward")
                        .targetGroupArn(targets.getRef())
                        .build()))
            .build());
  }

  /** A group without any rule would let everything out. */
  static CfnSecurityGroup.EgressProperty toNobody() {
    return CfnSecurityGroup.EgressProperty.builder()
        .ipProtocol("icmp")
        .fromPort(252)
        .toPort(86)
        .cidrIp("255.255.255.255/32")
        .description("Nothing but what other rules say")
        .build();
  }

  private void serve(CfnTargetGroup targets, CfnListener listener) {
    CfnSecurityGroup group =
        network.group(
            "The pages: asked by the load balancer alone.",
            List.of(
                CfnSecurityGroup.IngressProperty.builder()
                    .ipProtocol("tcp")
                    .fromPort(PORT)
                    .toPort(PORT)
                    .sourceSecurityGroupId(balancerGroup.getAttrGroupId())
                    .description("The load balancer")
                    .build()));
    container.conditional(
        software.amazon.awscdk.services.ec2.CfnSecurityGroupEgress.Builder.create(
                stack, "LoadBalancerToPages")
            .groupId(balancerGroup.getAttrGroupId())
            .ipProtocol("tcp")
            .fromPort(PORT)
            .toPort(PORT)
            .destinationSecurityGroupId(group.getAttrGroupId())
            .description("The pages")
            .build());
    CfnParameter tasks =
        Parameter.number(stack, "WebTasks", "Tasks that serve the pages.")
            .between(1, 20)
            .defaultsTo(1)
            .create();
    CfnTaskDefinition task = container.task("dev.sluice.web.HealthProbe", 60);
    CfnCluster cluster =
        container.conditional(CfnCluster.Builder.create(stack, "WebCluster").build());
    CfnService service =
        container.conditional(
            CfnService.Builder.create(stack, "Web")
                .cluster(cluster.getRef())
                .taskDefinition(task.getRef())
                .launchType("FARGATE")
                .desiredCount(tasks.getValueAsNumber())
                .deploymentConfiguration(network.deployment())
                .networkConfiguration(network.of(group))
                .healthCheckGracePeriodSeconds(60)
                .loadBalancers(
                    List.of(
                        CfnService.LoadBalancerProperty.builder()
                            .containerName("web")
                            .containerPort(PORT)
                            .targetGroupArn(targets.getRef())
                            .build()))
                .build());
    service.addResourceDependency(listener);
  }
}
