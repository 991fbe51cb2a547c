package dev.sluice.deploy;

import java.util.List;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.Construct;

/** Registrations: a queue, the function in a network of its own, a table, MySQL on RDS. */
final class RegistrationsStack extends SluiceStack {
  static final String NAME = "sluice-registrations";

  RegistrationsStack(Construct scope) {
    super(scope, NAME, "Sluice: customers out of a queue into DynamoDB and MySQL on RDS.");
    Sizes.timeouts(this);
    var parameters = new FunctionParameters(this, "functions-registrations.zip", 512);
    CfnParameter itemTable = table("CustomerItemTable", "Name of the DynamoDB table.");
    CfnParameter rowTable = table("CustomerRowTable", "Name of the MySQL table.");
    CfnParameter timeout =
        Parameter.number(this, "Timeout", "Seconds that an invocation may take.")
            .oneOf(Sizes.timeoutChoices())
            .defaultsTo("60")
            .create();
    CfnParameter concurrency =
        Parameter.number(
                this, "MaximumConcurrency", "Invocations at a time, each with a connection.")
            .between(2, 1000)
            .defaultsTo(10)
            .create();
    CfnParameter trustStore =
        Parameter.text(
                this,
                "TrustStore",
                "Path of a trust store in a layer, password changeit, that knows RDS; without one the"
                    + " connection is encrypted and the server not checked.")
            .matching("(/opt/[A-Za-z0-9._/-]+)?", "a path below /opt, or nothing")
            .defaultsTo("")
            .create();
    CfnCondition checksServer = given("ChecksServer", trustStore);
    rule(
        "TrustStoreNeedsItsLayer",
        has(trustStore),
        has(parameters.layerArns),
        "LayerArns has to hold the layer with TrustStore");

    CfnTable customers =
        Tables.table(this, "Customers")
            .named(itemTable.getValueAsString())
            .hash("CustID", "N")
            .create();
    keepData(customers, "Retain");
    CfnQueue deadLetters = Queues.deadLetters(this, "DeadLetters");
    CfnQueue queue =
        Queues.read(
            this,
            "Registrations",
            deadLetters,
            Token.asNumber(
                Fn.findInMap(Sizes.TIMEOUTS, timeout.getValueAsString(), Sizes.VISIBILITY)));
    Queues.policy(this, "Registrations", queue, List.of());
    var network = new PrivateNetwork(this, customers);
    var database = new Database(this, network);

    var function =
        new JavaFunction(
            this,
            parameters,
            new JavaFunction.Plan(
                    "Function",
                    "dev.sluice.registrations.RegistrationsHandler::handleRequest",
                    "Registers customers in DynamoDB and MySQL.")
                .within(timeout.getValueAsNumber())
                .in(
                    CfnFunction.VpcConfigProperty.builder()
                        .subnetIds(network.subnets())
                        .securityGroupIds(List.of(network.functionGroup()))
                        .build())
                .set("CUSTOMER_ITEM_TABLE", customers.getRef())
                .set("CUSTOMER_ROW_TABLE", rowTable.getValueAsString())
                .set("DATABASE_HOST", database.host())
                .set("DATABASE_PORT", database.port())
                .set("DATABASE_NAME", Database.NAME)
                .set("DATABASE_USER", Database.USER)
                .set("DATABASE_LOGIN", "secret")
                .set("DATABASE_SECRET", database.secretArn())
                .set(
                    "DATABASE_TLS",
                    Fn.conditionIf(checksServer.getLogicalId(), "verify", "require"))
                .set(
                    "JAVA_TOOL_OPTIONS",
                    Fn.conditionIf(
                        checksServer.getLogicalId(),
                        Fn.sub(
                            "-Djavax.net.ssl.trustStore=${TrustStore}"
                                + " -Djavax.net.ssl.trustStorePassword=changeit"),
                        software.amazon.awscdk.Aws.NO_VALUE))
                .may(
                    Queues.reading(queue),
                    Statement.allow("KeepCustomers", "dynamodb:BatchWriteItem")
                        .on(customers.getAttrArn()),
                    Statement.allow("ReadPassword", "secretsmanager:GetSecretValue")
                        .on(database.secretArn()),
                    Statement.allow(
                            "JoinNetwork",
                            "ec2:CreateNetworkInterface",
                            "ec2:DescribeNetworkInterfaces",
                            "ec2:DescribeSubnets",
                            "ec2:DeleteNetworkInterface",
                            "ec2:AssignPrivateIpAddresses",
                            "ec2:UnassignPrivateIpAddresses")
                        .on("*")
                        .because(
                            "Lambda asks for these before it joins a network, with the role of the"
                                + " function and on interfaces that are not there yet.")));
    network.keepWhileUsedBy(function);
    CfnEventSourceMapping.Builder.create(this, "Mapping")
        .eventSourceArn(queue.getAttrArn())
        .functionName(function.target())
        .batchSize(10)
        .functionResponseTypes(List.of("ReportBatchItemFailures"))
        .scalingConfig(
            CfnEventSourceMapping.ScalingConfigProperty.builder()
                .maximumConcurrency(concurrency.getValueAsNumber())
                .build())
        .build();
    output("FunctionName", function.name());
    output("QueueUrl", queue.getRef());
    output("QueueName", queue.getAttrQueueName());
    output("DeadLetterQueue", deadLetters.getAttrQueueName());
    output("CustomerTable", customers.getRef());
    output("DatabaseHost", database.host());
    output("DatabaseIdentifier", database.identifier());
  }

  private CfnParameter table(String name, String description) {
    return Parameter.text(this, name, description)
        .matching("[A-Za-z0-9_]{3,64}", "3 to 64 letters, digits and _")
        .defaultsTo("Customer")
        .create();
  }
}
