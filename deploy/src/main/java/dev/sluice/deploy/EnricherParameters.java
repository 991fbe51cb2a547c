package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;

/**
 * The settings of the enricher and of its look-ups that a stack offers as parameters, under the
 * settings' own names. One that is empty counts as not set.
 */
final class EnricherParameters {
  private static final int MAX_LENGTH = 1_000;
  private static final String KEY = "ANONYMISATION_KEY";
  private static final String HAS_KEY = "HasAnonymisationKey";

  private final Map<String, Object> settings = new TreeMap<>();
  private final List<Statement> statements = new ArrayList<>();
  private final SluiceStack stack;
  private String anonymisationKey;

  EnricherParameters(SluiceStack stack) {
    this.stack = stack;
    passOn("LOG_FORMAT", "Format of the lines: docs/format.md.", "auto");
    choice("OUTPUT_PROFILE", "Shape of the output.", "flat", "ecs");
    passOn("OUTPUT_GROUPS", "Groups of keys to add to flat: docs/format.md.", "");

    passOn("TRUSTED_PROXIES", "Proxies whose X-Forwarded-For is believed.", "");
    passOn("FILTER_RULES", "Which lines are dropped or kept: docs/steps.md.", "");
    passOn("SAMPLE", "Share of the lines that is kept.", "100%");
    passOn("MASK", "What is masked: emails, tokens, cards.", "");
    passOn("MASK_QUERY_PARAMETERS", "Parameters whose values are masked.", "");
    choice("ANOMALY_FLAGS", "Warns of hosts out of the ordinary.", "false", "true");
    anonymisation();
    databases();
    referenceData();
  }

  private void passOn(String key, String description, String defaultValue) {
    CfnParameter parameter =
        Parameter.text(stack, parameterOf(key), description)
            .lengthUpTo(MAX_LENGTH)
            .defaultsTo(defaultValue)
            .create();
    settings.put(key, parameter.getValueAsString());
  }

  /**
   * @param values the first one is the default
   */
  private void choice(String key, String description, String... values) {
    CfnParameter parameter =
        Parameter.text(stack, parameterOf(key), description)
            .oneOf(values)
            .defaultsTo(values[0])
            .create();
    settings.put(key, parameter.getValueAsString());
  }

  /** {@code LOG_FORMAT} is the parameter {@code LogFormat}. */
  static String parameterOf(String key) {
    var name = new StringBuilder();
    for (String word : key.split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.toString();
  }

  private void anonymisation() {
    CfnParameter anonymisation =
        Parameter.text(stack, "Anonymisation", "What is written instead of addresses.")
            .oneOf("off", "truncate", "hmac")
            .defaultsTo("off")
            .create();
    CfnParameter secret =
        Parameter.text(
                stack,
                "AnonymisationKeyArn",
                "ARN of a secret of Secrets Manager whose text is the key of hmac.")
            .matching(Parameter.ARN_OR_NOTHING, "the ARN of a secret, or nothing")
            .defaultsTo("")
            .create();
    anonymisationKey = secret.getValueAsString();
    CfnCondition given = stack.given(HAS_KEY, secret);
    stack.rule(
        "HmacNeedsItsKey",
        SluiceStack.is(anonymisation, "hmac"),
        SluiceStack.has(secret),
        "AnonymisationKeyArn is needed by Anonymisation=hmac");
    settings.put("ANONYMISATION", anonymisation.getValueAsString());
    settings.put(
        KEY,
        new IfGiven(
            given.getLogicalId(),
            Fn.sub("{{resolve:secretsmanager:${AnonymisationKeyArn}:SecretString}}")));
  }

  private void databases() {
    CfnParameter bucket =
        Parameter.text(stack, "DatabaseBucket", "S3 bucket with GeoIP2 databases; none when empty.")
            .matching("([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?", "the name of a bucket, or nothing")
            .defaultsTo("")
            .create();
    CfnCondition given = stack.given("HasDatabaseBucket", bucket);
    database(bucket, "City", "GeoIP2 or GeoLite2 City", "GEOIP_CITY_DATABASE");
    database(bucket, "Asn", "GeoLite2 ASN or GeoIP2 ISP", "GEOIP_ASN_DATABASE");
    String inBucket = "arn:${AWS::Partition}:s3:::${DatabaseBucket}/";
    statements.add(
        Statement.allow("ReadDatabases", "s3:GetObject")
            .on(Fn.sub(inBucket + "${CityDatabaseKey}"), Fn.sub(inBucket + "${AsnDatabaseKey}"))
            .onlyIf(given.getLogicalId()));
  }

  private void database(CfnParameter bucket, String which, String what, String key) {
    String name = which + "DatabaseKey";
    CfnParameter object =
        Parameter.text(stack, name, "Key of the " + what + " database in DatabaseBucket.")
            .matching("\\S{0,1000}", "the key of an object, or nothing")
            .defaultsTo("")
            .create();
    CfnCondition given = stack.given("Has" + name, object);
    stack.rule(
        name + "NeedsItsBucket",
        SluiceStack.has(object),
        SluiceStack.has(bucket),
        "DatabaseBucket is needed by " + name);
    settings.put(
        key, new IfGiven(given.getLogicalId(), Fn.sub("s3://${DatabaseBucket}/${" + name + "}")));
  }

  private void referenceData() {
    CfnParameter table =
        Parameter.text(
                stack, "ReferenceTable", "DynamoDB table of this region with reference data.")
            .matching("([A-Za-z0-9_.-]{3,255})?", "the name of a table, or nothing")
            .defaultsTo("")
            .create();
    CfnCondition given = stack.given("HasReferenceTable", table);
    settings.put("REFERENCE_TABLE", table.getValueAsString());
    passOn("REFERENCE_KEY", "Partition key of ReferenceTable.", "");
    passOn("REFERENCE_ATTRIBUTES", "What is taken of an item, separated by commas.", "");
    passOn("REFERENCE_FIELD", "What of a line is the key: docs/lookups.md.", "host");
    stack.rule(
        "ReferenceTableNeedsItsKeys",
        SluiceStack.has(table),
        Fn.conditionAnd(
            Fn.conditionNot(Fn.conditionEquals(settings.get("REFERENCE_KEY"), "")),
            Fn.conditionNot(Fn.conditionEquals(settings.get("REFERENCE_ATTRIBUTES"), ""))),
        "ReferenceKey and ReferenceAttributes are needed by ReferenceTable");
    statements.add(
        Statement.allow("LookUp", "dynamodb:BatchGetItem")
            .on(
                Fn.sub(
                    "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${ReferenceTable}"))
            .onlyIf(given.getLogicalId()));
  }

  Map<String, Object> settings() {
    return settings;
  }

  /** The settings for a container, which takes its secrets by itself when it starts. */
  void giveTo(Container container) {
    var open = new TreeMap<>(settings);
    open.remove(KEY);
    container.setAll(open).secretIf(HAS_KEY, KEY, anonymisationKey).may(statements);
  }

  List<Statement> statements() {
    return statements;
  }
}
