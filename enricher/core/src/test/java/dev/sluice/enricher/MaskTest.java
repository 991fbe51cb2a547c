package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final Map<String, String> ALL =
      Map.of(
          "MASK", "emails,tokens,cards",
          "MASK_QUERY_PARAMETERS", "token, password,E-Mail,sid");
  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"%s\" 200 5 \"-\" \"%s\"";

  private final LineEnricher enricher = Enrichers.withSettings(ALL);

  /** What becomes of the text in the user agent, which has no syntax of its own. */
  private String masked(String text) {
    String answer = Enrichers.answer(enricher, LINE.formatted("GET / HTTP/1.1", text));
    String start = "\"agent\":\"";
    int from = answer.indexOf(start) + start.length();
    return answer
        .substring(from, answer.indexOf("\",\"os\""))
        .replace("\\\\", "\\"); // as JSON has it
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jane.doe@example.com                    | (email)",
        "x jane@example.com, y                   | x (email), y",
        "mailto:jane+tag@mail.example.co.uk      | mailto:(email)",
        "jane%40example.com                      | (email)",
        "jane%2540example.com                    | (email)",
        "jane%252540example%2Ecom                | (email)",
        "%6a%61ne%40example.com                  | (email)",
        "jane\\x40example.com                    | (email)",
        "jane\\u0040example.com                  | (email)",
        "jane\\\\u0040example.com                | (email)",
        "jane%u0040example.com                   | (email)",
        "/u/jane@example.com/edit?x=1            | /u/(email)/edit?x=1",
        "a=1&m=jane@example.com&b=2              | a=1&m=(email)&b=2",
        "é@exämple.com                           | (email)",
        "jane@example.com.                       | (email)",
        "(jane@example.com; b@c.de)              | ((email); (email))",
        "jane@localhost                          | jane@localhost",
        "logo@2x.png                             | logo@2x.png",
        "vue@3.2.1                               | vue@3.2.1",
        "@example.com                            | @example.com",
        "a@b                                     | a@b",
        "jane@@example.com                       | jane@@example.com",
      })
  void masksEmailAddresses(String text, String expected) {
    assertThat(masked(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "4111111111111111          | (card)",
        "4111 1111 1111 1111 x     | (card) x",
        "4111-1111-1111-1111       | (card)",
        "4111.1111.1111.1111       | (card)",
        "4111+1111+1111+1111       | (card)",
        "4111%201111%201111%201111 | (card)",
        "%34111111111111111        | (card)",
        "378282246310005           | (card)",
        "3782 822463 10005         | (card)",
        "6011000990139424          | (card)",
        "4222222222222             | (card)",
        "card/5555555555554444/x   | card/(card)/x",
        "2025-10-28 4111 1111 1111 1111 | 2025-10-28 (card)",
        "4111111111111112          | 4111111111111112",
        "41111111111111111         | 41111111111111111",
        "4111  1111 1111 1111      | 4111  1111 1111 1111",
        "1698483330127             | 1698483330127",
        "411111111111              | 411111111111",
        "4111111111111111 5555555555554444 | (card) (card)",
      })
  void masksCardNumbers(String text, String expected) {
    assertThat(masked(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "?token=abc&x=1                       | ?token=(masked)&x=1",
        "?x=1&TOKEN=abc                       | ?x=1&TOKEN=(masked)",
        "?t%6Fken=abc                         | ?t%6Fken=(masked)",
        "?token=abc%26def&x=1                 | ?token=(masked)&x=1",
        "?token=a=b=c#top                     | ?token=(masked)#top",
        "#token=abc                           | #token=(masked)",
        ";sid=abc                             | ;sid=(masked)",
        "?e-mail=none                         | ?e-mail=(masked)",
        "?user[password]=abc&x=1              | ?user[password]=(masked)&x=1",
        "?user%5Bpassword%5D=abc              | ?user%5Bpassword%5D=(masked)",
        "?token[]=abc                         | ?token[]=(masked)",
        "?token[a][b]=abc                     | ?token[a][b]=(masked)",
        "?to=%2Fp%3Ftoken%3Dabc%26x%3D1&y=2   | ?to=%2Fp%3Ftoken%3D(masked)%26x%3D1&y=2",
        "?to=%2Fp%3Ftoken%3Dabc&y=2           | ?to=%2Fp%3Ftoken%3D(masked)&y=2",
        "(token=abc def)                      | (token=(masked) def)",
        "?token=a%20b&x=1                     | ?token=(masked)&x=1",
        "?token=\\\"a\\\"b&x=1                | ?token=(masked)&x=1",
        "?token=                              | ?token=",
        "?token=&x=1                          | ?token=&x=1",
        "?token=(masked)                      | ?token=(masked)",
        "?mytoken=abc&tokens=1&token2=3       | ?mytoken=abc&tokens=1&token2=3",
        "?a=token&b=password                  | ?a=token&b=password",
        "?x=1&amp;token=abc                   | ?x=1&amp;token=(masked)",
      })
  void masksNamedParameters(String text, String expected) {
    assertThat(masked(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Bearer abcdefgh12345678                | Bearer (token)",
        "bearer%20abc.def-ghi_jkl123            | bearer%20(token)",
        "bearer of bad news                     | bearer of bad news",
        "Authorization: Basic dXNlcjpw          | Authorization: Basic (token)",
        "authorization=token%20secret           | authorization=token%20(token)",
        "Authorization: secret1                 | Authorization: (token)",
        "authorization                          | authorization",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123 | (token)",
        "x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0&y=1    | x=(token)&y=1",
        "eyJ                                    | eyJ",
        "AKIAIOSFODNN7EXAMPLE                   | (token)",
        "key-AKIAIOSFODNN7EXAMPLE               | key-(token)",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345 | (token)",
        "d41d8cd98f00b204e9800998ecf8427e       | (token)",
        "D41D8CD98F00B204E9800998ECF8427E!      | (token)!",
        "d41d8cd98f00b204e9800998ecf8427        | d41d8cd98f00b204e9800998ecf8427",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | (token)",
        "wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY | (token)",
        "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZjEyMzQ1Njc4OTBhYg== | (token)",
        "kJ8sPq2ZxV7mNc4Rt9YbWe3HuLa6Df1GoI5    | (token)",
        "123e4567-e89b-12d3-a456-426614174000   | 123e4567-e89b-12d3-a456-426614174000",
        "http://user:pass@h.example/x           | http://(token)@h.example/x",
        "http://user@h/x                        | http://user@h/x",
        "a-long-title-of-some-page-about-the-weather-of-2024 | a-long-title-of-some-page-about-the-weather-of-2024",
        "CamelCaseLongIdentifiersWithNumbers1234 | CamelCaseLongIdentifiersWithNumbers1234",
        "Introduction-to-Machine-Learning-2024-Edition-Part | Introduction-to-Machine-Learning-2024-Edition-Part",
      })
  void masksSecrets(String text, String expected) {
    String answer = masked(text);
    if (text.startsWith("http://user:pass")) {
      assertThat(answer).doesNotContain("pass", "user");
    } else {
      assertThat(answer).isEqualTo(expected);
    }
  }

  @Test
  void masksWhatIsDerivedFromTheRequest() {
    String request = "GET /files/jane%40example.com.pdf?a=1&token=abc HTTP/1.1";
    assertThat(Enrichers.answer(enricher, LINE.formatted(request, "-")))
        .isEqualTo(
            "json  {\"host\":\"203.0.113.42\",\"datetime\":\"28/Oct/2025:10:15:30 +0000\","
                + "\"request\":\"GET /files/(email)?a=1&token=(masked) HTTP/1.1\","
                + "\"response\":\"200\",\"bytes\":\"5\",\"os\":\"Other\",\"browser\":\"Other\","
                + "\"device_type\":\"other\",\"webpage\":\"(email)\"}");
  }

  @Test
  void masksTheBrowserThatIsMadeOfASecret() {
    String secret = "AKIAIOSFODNN7EXAMPLE";
    String agent = "Mozilla/5.0 (compatible; %s-bot/1.0)";
    String raw =
        Enrichers.answer(
            Enrichers.withDefaults(), LINE.formatted("GET / HTTP/1.1", agent.formatted(secret)));
    assertThat(raw).contains("\"browser\":\"" + secret);
    assertThat(
            Enrichers.answer(enricher, LINE.formatted("GET / HTTP/1.1", agent.formatted(secret))))
        .doesNotContain(secret);
  }

  @Test
  void keepsTheWarningOfAMalformedRequestAndAddsNone() {
    assertThat(Enrichers.answer(enricher, LINE.formatted("GET /?token=a b HTTP/1.1", "-")))
        .startsWith("warn  ");
    assertThat(Enrichers.answer(enricher, LINE.formatted("GET /?token=ab HTTP/1.1", "-")))
        .startsWith("json  ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"emails,phones", "Emails"})
  void refusesKindsThatItDoesNotKnow(String kinds) {
    var settings = new Settings(Map.of("MASK", kinds, "MASK_QUERY_PARAMETERS", "a b,c[]")::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessageContaining("MASK has \"")
        .hasMessageContaining("expected emails, tokens, cards")
        .hasMessageContaining("MASK_QUERY_PARAMETERS has \"a b\"")
        .hasMessageContaining("MASK_QUERY_PARAMETERS has \"c[]\"");
  }

  @Test
  void boundsNames() {
    var settings = new Settings(Map.of("MASK_QUERY_PARAMETERS", "a,".repeat(101))::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid).hasMessageContaining("more than 100 names");
  }
}
