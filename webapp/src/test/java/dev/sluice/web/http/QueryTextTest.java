package dev.sluice.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

  @Test
  void takesParametersApart() {
    assertThat(QueryText.parameters("name=a%20b+c%26d%3D&x=&flag&e=%C3%A9=1"))
        .isEqualTo(Map.of("name", "a b+c&d=", "x", "", "flag", "", "e", "é=1"));
    assertThat(QueryText.parameters(null)).isEmpty();
    assertThat(QueryText.parameters("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%ff", "a=%c3", "a=1&a=2", "a=é", "a=%C0%AF"})
  void refusesWhatIsMalformed(String query) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> QueryText.parameters(query))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @Test
  void escapesWhatMeansSomethingInHtml() {
    assertThat(HtmlText.escaped("<a href=\"x\" id='y'>&é</a>"))
        .isEqualTo("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;é&lt;/a&gt;");
  }
}
