package dev.sluice.deploy;

import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.Construct;

/** Counts of changes in tumbling windows: a table's stream, the function, the results. */
final class WindowsStack extends SluiceStack {
  static final String NAME = "sluice-windows";

  WindowsStack(Construct scope) {
    super(scope, NAME, "Sluice: counts changes of DynamoDB items in tumbling windows.");
    var parameters = new FunctionParameters(this, "functions-windows.zip", 512);
    CfnParameter source =
        Parameter.text(
                this,
                "SourceStreamArn",
                "Stream of the DynamoDB table whose changes are counted; a table is made when"
                    + " empty.")
            .matching(Parameter.ARN_OR_NOTHING, "the ARN of a table's stream, or nothing")
            .defaultsTo("")
            .create();
    CfnParameter keyAttribute =
        Parameter.text(this, "KeyAttribute", "Key of the items that changes are counted by.")
            .matching("[A-Za-z0-9_.-]{1,255}", "the name of an attribute")
            .defaultsTo("Id")
            .create();
    CfnParameter retention =
        Parameter.number(this, "ResultRetentionDays", "Days that results stay, 0 for ever.")
            .between(0, 36_500)
            .defaultsTo(0)
            .create();
    CfnParameter window =
        Parameter.number(this, "WindowSeconds", "Length of a window.")
            .between(1, 900)
            .defaultsTo(300)
            .create();
    CfnParameter timeout =
        Parameter.number(this, "Timeout", "Seconds that an invocation may take.")
            .between(20, 900)
            .defaultsTo(60)
            .create();
    var mappings = new StreamMappings(this, 100);

    CfnCondition ownTable = condition("MakesTable", is(source, ""));
    CfnTable items = Tables.table(this, "Items").hash("Id", "N").streaming("KEYS_ONLY").create();
    items.getCfnOptions().setCondition(ownTable);
    keepData(items, "Retain");
    rule(
        "OwnTableHasKeyId",
        is(source, ""),
        is(keyAttribute, "Id"),
        "KeyAttribute has to be Id without SourceStreamArn: the table that is made has that key");
    CfnTable results =
        Tables.table(this, "Results")
            .hash("Window", "S")
            .range("Part", "S")
            .expiringBy("ExpiresAt")
            .create();
    keepData(results, "Retain");
    CfnQueue givenUp = Queues.deadLetters(this, "GivenUp");
    String stream =
        Fn.conditionIf(ownTable.getLogicalId(), items.getAttrStreamArn(), source.getValueAsString())
            .toString();

    var function =
        new JavaFunction(
            this,
            parameters,
            new JavaFunction.Plan(
                    "Windows",
                    "dev.sluice.windows.WindowsHandler::handleRequest",
                    "Counts changes of DynamoDB items in tumbling windows.")
                .within(timeout.getValueAsNumber())
                .set("RESULT_TABLE", results.getRef())
                .set("KEY_ATTRIBUTE", keyAttribute.getValueAsString())
                .set("RESULT_RETENTION_DAYS", retention.getValueAsString())
                .may(
                    Statement.allow(
                            "KeepResults",
                            "dynamodb:GetItem",
                            "dynamodb:UpdateItem",
                            "dynamodb:PutItem")
                        .on(results.getAttrArn()),
                    Statement.allow(
                            "ReadStream",
                            "dynamodb:DescribeStream",
                            "dynamodb:GetRecords",
                            "dynamodb:GetShardIterator")
                        .on(stream),
                    Statement.allow("ListStreams", "dynamodb:ListStreams")
                        .on("*")
                        .because("The mapping asks for it, and the action knows no resources."),
                    Queues.sending("TellWhatWasGivenUp", givenUp)));
    mappings
        .builder(this, "Mapping", stream, function.target(), givenUp)
        .tumblingWindowInSeconds(window.getValueAsNumber())
        .build();

    output("FunctionName", function.name());
    output("ResultTable", results.getRef());
    output("ItemsTable", items.getRef(), ownTable);
    output("GivenUpQueue", givenUp.getAttrQueueName());
  }
}
