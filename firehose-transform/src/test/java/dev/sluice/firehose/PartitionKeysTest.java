package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionKeysTest {
  private static final String ALL = "country,date,hour,status_class,page";

  @ParameterizedTest
  @CsvSource({"flat", "ecs"})
  void filesARecordByWhatItsLineTells(String profile) throws IOException {
    try (Function function = Function.with("PARTITION_KEYS", ALL, "OUTPUT_PROFILE", profile)) {
      Answers answers = function.call(new EventText().line(Lines.GOOD));
      assertThat(answers.partitionKeys(0).toString())
          .isEqualTo(
              "{\"country\":\"France\",\"date\":\"2025-10-28\",\"hour\":\"10\","
                  + "\"status_class\":\"2xx\",\"page\":\"product\"}");
    }
  }

  @Test
  void writesNoMetadataWithoutKeys() throws IOException {
    try (Function function = Function.with()) {
      assertThat(function.call(new EventText().line(Lines.GOOD)).partitionKeys(0).isMissingNode())
          .isTrue();
    }
  }

  @Test
  void tellsTheTimeInTheZoneOfTheSettings() throws IOException {
    try (Function function =
        Function.with("PARTITION_KEYS", "hour,date", "PARTITION_ZONE", "Asia/Kolkata")) {
      String late = Lines.GOOD.replace("10:15:30 +0000", "23:15:30 +0330");
      Answers answers = function.call(new EventText().line(late));
      assertThat(answers.partitionKeys(0).toString())
          .isEqualTo("{\"hour\":\"01\",\"date\":\"2025-10-29\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a%2Fb%20c, a_b_c",
    "/caf%C3%A9, caf_",
    "/.., __",
    "/, index",
    "/%22}}, _}}",
    "*, unknown"
  })
  void valuesAreFitForAnObjectKey(String target, String value) throws IOException {
    try (Function function = Function.with("PARTITION_KEYS", "page")) {
      String line = Lines.GOOD.replace("/product.php", target);
      Answers answers = function.call(new EventText().line(line));
      assertThat(answers.partitionKeys(0).get("page").asText()).isEqualTo(value.replace('}', '_'));
    }
  }

  @Test
  void theFirstLineTellsTheTimeAndDifferencesAreMixed() throws IOException {
    String other =
        Lines.GOOD
            .replace("10:15:30", "11:00:00")
            .replace("200 1234", "404 1")
            .replace("4.42", "4.7");
    try (Function function = Function.with("PARTITION_KEYS", ALL)) {
      Answers answers = function.call(new EventText().line(Lines.GOOD + "\n" + other));
      assertThat(answers.partitionKeys(0).toString())
          .isEqualTo(
              "{\"country\":\"France\",\"date\":\"2025-10-28\",\"hour\":\"10\","
                  + "\"status_class\":\"mixed\",\"page\":\"product\"}");
    }
  }

  @Test
  void aRecordOfRejectsAloneHasKeysToo() throws IOException {
    try (Function function = Function.with("PARTITION_KEYS", "country", "REJECTS", "document")) {
      Answers answers = function.call(new EventText().line(Lines.BROKEN));
      assertThat(answers.partitionKeys(0).get("country").asText()).isEqualTo("unknown");
    }
  }

  @Test
  void neverMorePartitionsThanAllowed() throws IOException {
    var event = new EventText();
    for (int i = 0; i < 500; i++) {
      event.line(
          Lines.GOOD
              .replace("product", "page-" + i)
              .replace(" 200 ", " " + (200 + i % 3 * 100) + " "));
    }
    try (Function function =
        Function.with("PARTITION_KEYS", "status_class,page", "MAX_PARTITIONS", "20")) {
      Answers answers = function.call(event);
      var partitions = new HashSet<String>();
      for (int i = 0; i < answers.size(); i++) {
        partitions.add(answers.partitionKeys(i).toString());
      }
      assertThat(partitions).hasSize(18); // three quarters of them, and one for each status
      assertThat(partitions).contains("{\"status_class\":\"4xx\",\"page\":\"other\"}");
      assertThat(function.logged().get("partitions_bounded").asInt()).isEqualTo(485);
    }
  }
}
