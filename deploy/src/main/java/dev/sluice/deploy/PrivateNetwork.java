package dev.sluice.deploy;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.ec2.CfnRouteTable;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupEgress;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.CfnSubnetRouteTableAssociation;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;

/**
 * A network without any way to the Internet: two subnets, DynamoDB by a gateway endpoint, Secrets
 * Manager by an interface endpoint. Three groups, each of which lets in and out what is needed.
 */
final class PrivateNetwork {
  private static final int MYSQL = 3306;
  private static final int HTTPS = 443;
  private static final int SUBNETS = 2;

  private final RegistrationsStack stack;
  private final CfnVPC vpc;
  private final CfnSubnet[] subnets = new CfnSubnet[SUBNETS];
  private final CfnSecurityGroup function;
  private final CfnSecurityGroup database;
  private final CfnSecurityGroup endpoint;
  private final CfnVPCEndpoint dynamoDb;
  private final CfnVPCEndpoint secrets;

  PrivateNetwork(RegistrationsStack stack, CfnTable customers) {
    this.stack = stack;
    CfnParameter cidr =
        network("VpcCidr", "Addresses of the network that is made.", "10.42.0.0/16");
    vpc =
        CfnVPC.Builder.create(stack, "Vpc")
            .cidrBlock(cidr.getValueAsString())
            .enableDnsSupport(true)
            .enableDnsHostnames(true)
            .tags(SluiceStack.named("registrations"))
            .build();
    CfnRouteTable routes =
        CfnRouteTable.Builder.create(stack, "Routes").vpcId(vpc.getAttrVpcId()).build();
    for (int i = 0; i < SUBNETS; i++) {
      subnets[i] = subnet(i, routes);
    }
    function = group("FunctionSecurityGroup", "The function: nothing in.");
    database = group("DatabaseSecurityGroup", "MySQL: asked by the function alone.");
    endpoint = group("EndpointSecurityGroup", "Secrets Manager: asked by the function alone.");
    between("FunctionToDatabase", function, database, MYSQL, "MySQL");
    between("FunctionToSecrets", function, endpoint, HTTPS, "Secrets Manager");
    CfnSecurityGroupEgress.Builder.create(stack, "FunctionToDynamoDb")
        .groupId(function.getAttrGroupId())
        .ipProtocol("tcp")
        .fromPort(HTTPS)
        .toPort(HTTPS)
        .cidrIp("0.0.0.0/0")
        .description("DynamoDB, to which the only route leads")
        .build();
    dynamoDb = gateway(routes, customers);
    secrets = secretsEndpoint();
  }

  private CfnParameter network(String name, String description, String value) {
    return Parameter.text(stack, name, description)
        .matching(
            "[0-9]{1,3}(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])",
            "a network from /16 to /28, such as " + value)
        .defaultsTo(value)
        .create();
  }

  private CfnSubnet subnet(int index, CfnRouteTable routes) {
    String id = "Subnet" + (char) ('A' + index);
    CfnParameter cidr =
        network(id + "Cidr", "A part of VpcCidr, for one zone.", "10.42." + index + ".0/24");
    CfnSubnet subnet =
        CfnSubnet.Builder.create(stack, id)
            .vpcId(vpc.getAttrVpcId())
            .availabilityZone(Fn.select(index, Fn.getAzs()))
            .cidrBlock(cidr.getValueAsString())
            .mapPublicIpOnLaunch(false)
            .tags(SluiceStack.named(id.toLowerCase(java.util.Locale.ROOT)))
            .build();
    CfnSubnetRouteTableAssociation.Builder.create(stack, id + "Routes")
        .subnetId(subnet.getAttrSubnetId())
        .routeTableId(routes.getAttrRouteTableId())
        .build();
    return subnet;
  }

  /** A group that lets nothing in and, until a rule says so, nothing out. */
  private CfnSecurityGroup group(String id, String description) {
    return CfnSecurityGroup.Builder.create(stack, id)
        .groupDescription(description)
        .vpcId(vpc.getAttrVpcId())
        .securityGroupEgress(List.of(WebService.toNobody()))
        .build();
  }

  private void between(
      String id, CfnSecurityGroup from, CfnSecurityGroup to, int port, String what) {
    CfnSecurityGroupEgress.Builder.create(stack, id)
        .groupId(from.getAttrGroupId())
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .destinationSecurityGroupId(to.getAttrGroupId())
        .description(what)
        .build();
    CfnSecurityGroupIngress.Builder.create(stack, id + "In")
        .groupId(to.getAttrGroupId())
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .sourceSecurityGroupId(from.getAttrGroupId())
        .description("The function")
        .build();
  }

  private CfnVPCEndpoint gateway(CfnRouteTable routes, CfnTable customers) {
    return CfnVPCEndpoint.Builder.create(stack, "DynamoDbEndpoint")
        .vpcId(vpc.getAttrVpcId())
        .vpcEndpointType("Gateway")
        .serviceName(Fn.sub("com.amazonaws.${AWS::Region}.dynamodb"))
        .routeTableIds(List.of(routes.getAttrRouteTableId()))
        .policyDocument(
            Statement.document(
                List.of(
                    Statement.allow("Customers", "dynamodb:BatchWriteItem")
                        .on(customers.getAttrArn())
                        .by("*"))))
        .build();
  }

  private CfnVPCEndpoint secretsEndpoint() {
    List<Statement> statements =
        List.of(
            Statement.allow("Password", "secretsmanager:GetSecretValue")
                .on(
                    Fn.sub(
                        "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:rds!*"))
                .by(Map.of("AWS", Aws.ACCOUNT_ID))
                .because("RDS names the secret of its database when it makes it."));
    CfnVPCEndpoint made =
        CfnVPCEndpoint.Builder.create(stack, "SecretsEndpoint")
            .vpcId(vpc.getAttrVpcId())
            .vpcEndpointType("Interface")
            .serviceName(Fn.sub("com.amazonaws.${AWS::Region}.secretsmanager"))
            .subnetIds(subnets())
            .securityGroupIds(List.of(endpoint.getAttrGroupId()))
            .privateDnsEnabled(true)
            .policyDocument(Statement.document(statements))
            .build();
    SluiceStack.giveReasons(made, statements);
    return made;
  }

  /** The function's way has to outlive it, or its last invocations would hang. */
  void keepWhileUsedBy(JavaFunction user) {
    user.resource().addResourceDependency(dynamoDb);
    user.resource().addResourceDependency(secrets);
  }

  List<String> subnets() {
    return List.of(subnets[0].getAttrSubnetId(), subnets[1].getAttrSubnetId());
  }

  String functionGroup() {
    return function.getAttrGroupId();
  }

  String databaseGroup() {
    return database.getAttrGroupId();
  }
}
