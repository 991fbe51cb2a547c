package dev.sluice.deploy;

import java.util.List;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ecs.CfnService;

/** Where tasks run: subnets of the user, a group that lets nothing in by itself, TLS out. */
final class Network {
  static final String VPC = "VpcId";
  static final String SUBNETS = "SubnetIds";
  private static final int HTTPS = 443;

  private final SluiceStack stack;
  private final Container container;
  private final CfnParameter vpc;
  private final CfnParameter subnets;
  private final CfnParameter publicAddress;

  Network(SluiceStack stack, Container container, String what) {
    this.stack = stack;
    this.container = container;
    vpc =
        Parameter.text(stack, VPC, "VPC of the tasks; needed by " + what + "Image.")
            .matching("(vpc-[0-9a-f]+)?", "the id of a VPC, or nothing")
            .defaultsTo("")
            .create();
    subnets =
        Parameter.text(
                stack, SUBNETS, "Subnets of the tasks with a way to AWS, separated by commas.")
            .matching("(" + Parameter.SUBNETS + ")?", "ids of subnets, separated by commas")
            .defaultsTo("")
            .create();
    publicAddress =
        Parameter.text(stack, "AssignPublicIp", "ENABLED in subnets whose way is the Internet.")
            .oneOf("DISABLED", "ENABLED")
            .defaultsTo("DISABLED")
            .create();
    stack.rule(
        what + "NeedsItsNetwork",
        SluiceStack.has(container.image()),
        Fn.conditionAnd(SluiceStack.has(vpc), SluiceStack.has(subnets)),
        "VpcId and SubnetIds are needed by " + what + "Image");
  }

  CfnParameter vpc() {
    return vpc;
  }

  CfnSecurityGroup group(String description, List<CfnSecurityGroup.IngressProperty> whatComesIn) {
    return container.conditional(
        CfnSecurityGroup.Builder.create(stack, "TaskSecurityGroup")
            .groupDescription(description)
            .vpcId(vpc.getValueAsString())
            .securityGroupIngress(whatComesIn.isEmpty() ? null : whatComesIn)
            .securityGroupEgress(
                List.of(
                    CfnSecurityGroup.EgressProperty.builder()
                        .ipProtocol("tcp")
                        .fromPort(HTTPS)
                        .toPort(HTTPS)
                        .cidrIp("0.0.0.0/0")
                        .description("Services of AWS, by TLS")
                        .build()))
            .build());
  }

  CfnService.NetworkConfigurationProperty of(CfnSecurityGroup group) {
    return CfnService.NetworkConfigurationProperty.builder()
        .awsvpcConfiguration(
            CfnService.AwsVpcConfigurationProperty.builder()
                .assignPublicIp(publicAddress.getValueAsString())
                .securityGroups(List.of(group.getAttrGroupId()))
                .subnets(Fn.split(",", subnets.getValueAsString()))
                .build())
        .build();
  }

  /** New tasks first; a version that does not get healthy is taken back. */
  CfnService.DeploymentConfigurationProperty deployment() {
    return CfnService.DeploymentConfigurationProperty.builder()
        .minimumHealthyPercent(100)
        .maximumPercent(200)
        .deploymentCircuitBreaker(
            CfnService.DeploymentCircuitBreakerProperty.builder()
                .enable(true)
                .rollback(true)
                .build())
        .build();
  }
}
