package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCheckTest {

  private static final List<FirehoseRecord> RECORDS = List.of(sent("1"), sent("2"));

  private static FirehoseRecord sent(String id) {
    return new FirehoseRecord(id, 0, id.getBytes(UTF_8), Optional.empty(), 0);
  }

  private static List<Verdict> check(String answer) {
    return AnswerCheck.verdicts(answer.replace('\'', '"').getBytes(UTF_8), RECORDS);
  }

  private static final String SECOND = "{'recordId':'2','result':'Dropped'}";

  @Test
  void aRightAnswerMayComeInAnyOrder() {
    List<Verdict> verdicts =
        check(
            "{'records':["
                + SECOND
                + ",{'recordId':'1','result':'Ok','data':'YQ==',"
                + "'metadata':{'partitionKeys':{'country':'France'}}}]}");
    assertThat(verdicts.get(0).kind()).isEqualTo(Verdict.Kind.OK);
    assertThat(verdicts.get(0).data()).asString(UTF_8).isEqualTo("a");
    assertThat(verdicts.get(0).partitionKeys()).isEqualTo(Map.of("country", "France"));
    assertThat(verdicts.get(1)).isEqualTo(Verdict.DROPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "no json; Lambda.JsonProcessingException",
        "~~; Lambda.MissingRecordId",
        "[]; Lambda.MissingRecordId",
        "{'errorMessage':'broken'}; Lambda.MissingRecordId",
        "{'records':[]}; Lambda.MissingRecordId",
        "{'records':[{'recordId':'1','result':'Dropped'}]}; Lambda.MissingRecordId",
        "{'records':[{'recordId':'1','result':'Dropped'},{'recordId':'3','result':'Dropped'}]};"
            + " Lambda.MissingRecordId",
        "{'records':[{'recordId':'1','result':'Dropped'},{'recordId':'2','result':'Dropped'},"
            + "{'recordId':'3','result':'Dropped'}]}; Lambda.MissingRecordId",
        "{'records':[{'recordId':'1','result':'Dropped'},{'recordId':'1','result':'Dropped'},"
            + "{'recordId':'2','result':'Dropped'}]}; Lambda.DuplicatedRecordId",
        "{'records':[{'recordId':'1','result':'OK','data':''},{'recordId':'2','result':'Dropped'}]};"
            + " Lambda.FunctionError",
        "{'records':[{'recordId':'1','result':'Ok','data':'*'},{'recordId':'2','result':'Dropped'}]};"
            + " Lambda.FunctionError",
        "{'records':[{'recordId':'1','result':'Ok','data':7},{'recordId':'2','result':'Dropped'}]};"
            + " Lambda.FunctionError",
        "{'records':[{'recordId':'1'},{'recordId':'2','result':'Dropped'}]}; Lambda.FunctionError"
      })
  void aWrongAnswerFailsTheWholeBatch(String answer, String code) {
    assertThat(check(answer)).hasSize(2).extracting(Verdict::errorCode).containsOnly(code);
  }

  @Test
  void okWithoutDataFailsItsRecord() {
    List<Verdict> verdicts =
        check("{'records':[{'recordId':'1','result':'Ok','data':null}," + SECOND + "]}");
    assertThat(verdicts.get(0).errorCode()).isEqualTo("Lambda.InvalidReturnFormat");
    assertThat(verdicts.get(1).kind()).isEqualTo(Verdict.Kind.DROPPED);
  }

  @Test
  void okWithEmptyDataDeliversNothing() {
    List<Verdict> verdicts =
        check("{'records':[{'recordId':'1','result':'Ok','data':''}," + SECOND + "]}");
    assertThat(verdicts.get(0).data()).isEmpty();
  }
}
