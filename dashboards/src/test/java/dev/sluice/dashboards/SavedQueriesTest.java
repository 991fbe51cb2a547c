package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboards.simulation.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The saved queries read what the log lines have. */
class SavedQueriesTest {
  private static Map<String, JsonNode> queries() {
    return Deployment.of(CommittedTemplate.read(), CommittedTemplate.everything())
        .resources("AWS::Logs::QueryDefinition");
  }

  private static String text(String query) {
    return queries().get(query).path("QueryString").asText();
  }

  @Test
  void readNothingThatNoLogLineHas() throws IOException {
    var unknown = new TreeMap<String, Set<String>>();
    Set<String> functions = QueryFields.ofFunctions();
    Set<String> consumer = QueryFields.ofConsumer();
    queries()
        .forEach(
            (id, query) ->
                unknown.put(
                    id,
                    QueryFields.unknown(
                        query.path("QueryString").asText(),
                        id.equals("QueryConsumerWarnings") ? consumer : functions)));

    assertThat(unknown).hasSize(7);
    assertThat(unknown.values()).allSatisfy(fields -> assertThat(fields).isEmpty());
  }

  @Test
  void aFieldThatNobodyWritesIsNamed() throws IOException {
    String renamed = text("QueryDuration").replace("duration_ms", "took_ms");

    assertThat(QueryFields.unknown(renamed, QueryFields.ofFunctions())).containsExactly("took_ms");
    assertThat(
            QueryFields.unknown(
                text("QueryConsumerWarnings").replace("formattedMessage", "message"),
                QueryFields.ofConsumer()))
        .containsExactly("message");
  }

  @Test
  void countEveryReasonThatThereIs() throws IOException {
    String core = "../enricher/core/src/main/java/dev/sluice/enricher/RejectReason.java";
    String firehose =
        "../firehose-transform/src/main/java/dev/sluice/firehose/record/FailureReason.java";

    assertThat(reasons("QueryRejectsByReason", "rejected_by_reason"))
        .isEqualTo(QueryFields.constants(Path.of(core)));
    assertThat(reasons("QueryFailedRecordsByReason", "failed_by_reason"))
        .isEqualTo(QueryFields.constants(Path.of(firehose)));
  }

  private static Set<String> reasons(String query, String object) {
    var reasons = new java.util.TreeSet<String>();
    var matcher = java.util.regex.Pattern.compile(object + "[.](\\w+)").matcher(text(query));
    while (matcher.find()) {
      reasons.add(matcher.group(1));
    }
    return reasons;
  }

  @Test
  void readTheLogGroupsOfWhatIsDeployed() {
    assertThat(queries().get("QueryColdStarts").path("LogGroupNames")).hasSize(8);
    assertThat(queries().get("QueryConsumerWarnings").path("LogGroupNames").get(0).asText())
        .isEqualTo("consumerloggroup");
  }
}
