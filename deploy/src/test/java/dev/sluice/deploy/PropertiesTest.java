package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every property of the templates of both modules is one that CloudFormation knows. */
class PropertiesTest {
  private static Optional<ResourceSpecification> specification;

  @BeforeAll
  static void read() throws IOException {
    specification = ResourceSpecification.installed();
  }

  @BeforeEach
  void isInstalled() {
    assumeTrue(
        specification.isPresent(),
        "skipped: "
            + ResourceSpecification.HOME_VARIABLE
            + " names no folder with npm's @aws-cdk/aws-service-spec");
  }

  @Test
  void allAreKnown() {
    Committed.ofBothModules()
        .forEach(
            (name, template) ->
                assertThat(specification.orElseThrow().problems(template)).as(name).isEmpty());
  }

  @Test
  void aMisspeltPropertyAWrongValueAndAMissingOneAreCaught() {
    ObjectNode template =
        Committed.changed(
            "sluice-pipeline",
            t -> {
              Committed.properties(t, "Stream").put("RetentionPeriodHour", 24);
              Committed.properties(t, "Transform").remove("Role");
              ((ObjectNode) Committed.properties(t, "LeaseTable").get("SSESpecification"))
                  .put("SSEEnabeld", true);
              Committed.properties(t, "ConsumerTask").put("NetworkMode", "awsvpcs");
              ((ObjectNode) t.at("/Resources/Cluster")).put("Type", "AWS::ECS::Clusters");
              ((ObjectNode) t.at("/Outputs/ServiceName/Value"))
                  .putArray("Fn::GetAtt")
                  .add("Service")
                  .add("Names");
            });

    assertThat(specification.orElseThrow().problems(template))
        .contains(
            "Stream (AWS::Kinesis::Stream).RetentionPeriodHour: there is no such property",
            "Transform (AWS::Lambda::Function).Role: is required",
            "LeaseTable (AWS::DynamoDB::Table).SSESpecification.SSEEnabeld: there is no such property",
            "Cluster: there is no type AWS::ECS::Clusters",
            "Service (AWS::ECS::Service): there is no attribute Names");
  }
}
