package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Wrong and missing parameters are refused by their name; those that belong together, together. */
class ParametersTest {
  private static final Map<String, String> NONE = Map.of();

  private static List<String> problems(String stack, String... given) {
    var values = new LinkedHashMap<String, String>();
    values.put("ArtifactBucket", "artifacts");
    values.put("ArtifactKey", "sluice/a.zip");
    for (String each : given) {
      String[] parts = each.split("=", 2);
      values.put(parts[0], parts[1]);
    }
    return new TemplateParameters(Committed.template(stack)).problems(values, NONE);
  }

  @Test
  void everyDeploymentOfTheTestsIsRight() {
    Variants.all()
        .forEach(
            (name, variants) -> {
              var parameters = new TemplateParameters(Committed.template(name));
              variants.forEach(
                  given -> assertThat(parameters.problems(given, NONE)).as(name + given).isEmpty());
            });
  }

  @Test
  void everyParameterSaysWhatItHasToBeAndNamesItself() {
    Committed.templates()
        .forEach((name, template) -> assertThat(silent(template)).as(name).isEmpty());
    ObjectNode silent =
        Committed.changed(
            "sluice-files",
            t ->
                ((ObjectNode) t.at("/Parameters/UploadBucketName"))
                    .put("ConstraintDescription", "expected a name"));
    assertThat(silent(silent)).containsExactly("UploadBucketName");
  }

  private static List<String> silent(JsonNode template) {
    var silent = new ArrayList<String>();
    template
        .get("Parameters")
        .properties()
        .forEach(
            p -> {
              JsonNode declared = p.getValue();
              boolean bounded =
                  declared.has("AllowedPattern")
                      || declared.has("AllowedValues")
                      || declared.has("MaxValue")
                      || declared.has("MaxLength");
              String words = declared.path("ConstraintDescription").asText();
              if (!bounded
                  || !words.startsWith(p.getKey() + ": expected ")
                  || declared.path("Description").asText().isBlank()) {
                silent.add(p.getKey());
              }
            });
    return silent;
  }

  @Test
  void missingOnesAreNamedTogether() {
    assertThat(new TemplateParameters(Committed.template("sluice-files")).problems(NONE, NONE))
        .hasSize(3)
        .anyMatch(p -> p.startsWith("ArtifactBucket: is missing. S3 bucket with the"))
        .anyMatch(p -> p.startsWith("ArtifactKey: is missing."))
        .anyMatch(p -> p.startsWith("UploadBucketName: is missing."));
  }

  @Test
  void wrongOnesAreNamedTogether() {
    assertThat(
            problems(
                "sluice-pipeline",
                "ShardCount=0",
                "Runtime=java11",
                "Runtimes=java21",
                "MemorySize=lots",
                "ConsumerImage=docker.io/sluice",
                "MaxTileAge=long"))
        .containsExactlyInAnyOrder(
            "Runtimes: no parameter of this template",
            "Runtime: expected java17, java21, java25, is \"java11\"",
            "MemorySize: expected a whole number from 256 to 10240, is \"lots\"",
            "ShardCount: expected a whole number from 1 to 500, is \"0\"",
            "ConsumerImage: expected the URI of an image in ECR, or nothing, is \"docker.io/sluice\"",
            "MaxTileAge: expected a duration such as 60s or 5m, is \"long\"",
            "VpcId and SubnetIds are needed by ConsumerImage");
  }

  @Test
  void whatAStackHasAlreadyCounts() {
    var parameters = new TemplateParameters(Committed.template("sluice-files"));
    Map<String, String> before =
        Map.of("ArtifactBucket", "a-b", "ArtifactKey", "k", "UploadBucketName", "uploads");

    assertThat(parameters.problems(Map.of("Timeout", "60", "SnapStart", "on"), before)).isEmpty();
    assertThat(
            parameters.problems(
                Map.of("SnapStart", "on"),
                Map.of(
                    "ArtifactBucket", "a-b",
                    "ArtifactKey", "k",
                    "UploadBucketName", "uploads",
                    "ProvisionedConcurrency", "2",
                    "Forgotten", "by the template")))
        .hasSize(1)
        .allMatch(p -> p.startsWith("SnapStart and ProvisionedConcurrency exclude each other"));
  }

  @Test
  void snapStartAndProvisionedConcurrencyAreRefusedTogetherInEveryStack() {
    Variants.all()
        .forEach(
            (stack, variants) -> {
              var both = new LinkedHashMap<>(variants.get(0));
              both.put("SnapStart", "on");
              both.put("ProvisionedConcurrency", "1");
              assertThat(new TemplateParameters(Committed.template(stack)).problems(both, NONE))
                  .as(stack)
                  .hasSize(1)
                  .allMatch(p -> p.startsWith("SnapStart and ProvisionedConcurrency exclude"));
            });
    assertThat(problems("sluice-tweets", "SnapStart=on", "ProvisionedConcurrency=1"))
        .containsExactly(
            "SnapStart and ProvisionedConcurrency exclude each other: with SnapStart=on"
                + " ProvisionedConcurrency has to be 0");
    assertThat(problems("sluice-tweets", "SnapStart=on")).isEmpty();
    assertThat(problems("sluice-tweets", "ProvisionedConcurrency=1")).isEmpty();
  }

  @Test
  void whatNeedsSomethingElseSaysSo() {
    String image = "ConsumerImage=123456789012.dkr.ecr.eu-west-1.amazonaws.com/sluice-consumer";
    assertThat(problems("sluice-pipeline", image))
        .containsExactly("VpcId and SubnetIds are needed by ConsumerImage");
    assertThat(problems("sluice-pipeline", "Tracing=opentelemetry", "CityDatabaseKey=c.mmdb"))
        .containsExactlyInAnyOrder(
            "LayerArns has to hold the ADOT layer with Tracing=opentelemetry",
            "DatabaseBucket is needed by CityDatabaseKey");
    assertThat(problems("sluice-pipeline", "Reingest=direct-put"))
        .hasSize(1)
        .allMatch(p -> p.startsWith("Reingest=direct-put is refused by"));
    assertThat(problems("sluice-pipeline", "Reingest=all", "Firehose=off"))
        .hasSize(1)
        .allMatch(p -> p.startsWith("Reingest=all sends"));
    assertThat(problems("sluice-pipeline", "Anonymisation=hmac", "ReferenceTable=customers"))
        .containsExactlyInAnyOrder(
            "AnonymisationKeyArn is needed by Anonymisation=hmac",
            "ReferenceKey and ReferenceAttributes are needed by ReferenceTable");
    assertThat(
            problems(
                "sluice-files",
                "UploadBucketName=uploads",
                "WebImage=123456789012.dkr.ecr.eu-west-1.amazonaws.com/sluice-web:1"))
        .containsExactlyInAnyOrder(
            "VpcId and SubnetIds are needed by WebImage",
            "CertificateArn and LoadBalancerSubnetIds are needed by WebImage");
    assertThat(problems("sluice-registrations", "TrustStore=/opt/rds.jks"))
        .containsExactly("LayerArns has to hold the layer with TrustStore");
    assertThat(problems("sluice-windows", "KeyAttribute=Other")).hasSize(1);
  }

  @Test
  void aRuleThatIsGoneIsMissed() {
    ObjectNode template =
        Committed.changed("sluice-tweets", t -> ((ObjectNode) t.get("Rules")).removeAll());
    Map<String, String> both =
        Map.of(
            "ArtifactBucket", "artifacts",
            "ArtifactKey", "k",
            "SnapStart", "on",
            "ProvisionedConcurrency", "1");
    assertThat(new TemplateParameters(template).problems(both, NONE)).isEmpty();
    assertThat(new TemplateParameters(Committed.template("sluice-tweets")).problems(both, NONE))
        .hasSize(1);
  }
}
