package dev.sluice.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies are customers, and what is said of the others. */
class RegistrationReaderTest {

  @Test
  void readsTheAcceptanceBody() throws BadRegistrationException {
    assertThat(
            RegistrationReader.read(
                "{\n     \"CustID\": 1021,\n     \"Name\": \"Martha Rivera\"\n}"))
        .isEqualTo(new Registration(1021, "Martha Rivera"));
  }

  @Test
  void takesTheLargestKeyFourByteCharactersAndWhatItDoesNotKnow() throws BadRegistrationException {
    assertThat(
            RegistrationReader.read(
                "{\"x\":[{}],\"Name\":\"\ud83e\udd80 \\ud83e\\udd80\",\"CustID\":9223372036854775807}"))
        .isEqualTo(new Registration(Long.MAX_VALUE, "\ud83e\udd80 \ud83e\udd80"));
    String name = "\ud83e\udd80".repeat(10_000);
    assertThat(RegistrationReader.read("{\"CustID\":0,\"Name\":\"" + name + "\"}").name())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"CustID\":\"7\",\"Name\":\"a\"}                    | CustID is no whole number",
        "{\"CustID\":7.0,\"Name\":\"a\"}                      | CustID is no whole number",
        "{\"CustID\":null,\"Name\":\"a\"}                     | CustID is no whole number",
        "{\"Name\":\"a\"}                                     | CustID is no whole number",
        "{\"CustID\":-1,\"Name\":\"a\"}                       | CustID is not from 0",
        "{\"CustID\":9223372036854775808,\"Name\":\"a\"}      | CustID is not from 0",
        "{\"CustID\":7}                                       | Name is no text",
        "{\"CustID\":7,\"Name\":8}                            | Name is no text",
        "{\"CustID\":7,\"Name\":\"\"}                         | Name has 0 characters",
        "{\"CustID\":7,\"Name\":\"\\ud800\"}                  | half of a surrogate pair",
        "{\"CustID\":7,\"CustID\":8,\"Name\":\"a\"}           | no JSON of ours: line 1",
        "{\"CustID\":7,\"Name\":\"a\"}}                       | no JSON of ours: line 1",
        "{\"CustID\":7,\"Name\":\"a\"                         | no JSON of ours",
        "[1]                                                  | no JSON object",
        "\"text\"                                             | no JSON object",
        "``                                                   | no JSON object",
      })
  void saysWhatIsWrongWithoutQuotingIt(String body, String problem) {
    assertThatThrownBy(() -> RegistrationReader.read(body.strip()))
        .isInstanceOf(BadRegistrationException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 100_000})
  void deeplyNestedBodiesAreRefused(int depth) {
    String body =
        "{\"CustID\":7,\"Name\":\"a\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    assertThatThrownBy(() -> RegistrationReader.read(body))
        .isInstanceOf(BadRegistrationException.class)
        .hasMessageContaining("no JSON of ours");
  }

  @Test
  void tooLongNamesAreRefused() {
    String body = "{\"CustID\":7,\"Name\":\"" + "x".repeat(10_001) + "\"}";
    assertThatThrownBy(() -> RegistrationReader.read(body))
        .isInstanceOf(BadRegistrationException.class)
        .hasMessage("Name has 10001 characters, not 1 to 10000");
  }
}
