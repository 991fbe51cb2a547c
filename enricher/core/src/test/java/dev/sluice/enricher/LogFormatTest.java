package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.format.LineLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a format, and what is refused with which words. */
class LogFormatTest {

  @ParameterizedTest
  @EnumSource(BuiltInFormat.class)
  void takesTheNamesOfTheBuiltInFormatsInAnyCase(BuiltInFormat format) {
    assertThat(LogFormat.of(format.text())).isEqualTo(format);
    assertThat(LogFormat.of(format.name())).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "%h %l %u %t \"%r\" %>s %b|COMMON",
        "%h %l %u %t \\\"%r\\\" %>s %b|COMMON",
        "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\"|COMBINED",
        "%h %l %u [%{%d/%b/%Y:%H:%M:%S %z}t] \"%r\" %>s %b|COMMON",
        "%v:%p %h %l %u %t \"%r\" %>s %b \"%{referer}i\" \"%{User-Agent}i\"|VHOST_COMBINED",
        "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" %I %O|COMBINEDIO"
      })
  void knowsABuiltInFormatByItsString(String text, BuiltInFormat format) {
    assertThat(LogFormat.of(text)).isEqualTo(format);
  }

  @Test
  void isAValue() {
    LogFormat format = LogFormat.of("%h %D");
    assertThat(format)
        .isEqualTo(LogFormat.of("%h %D"))
        .hasSameHashCodeAs(LogFormat.of("%h %D"))
        .isNotEqualTo(LogFormat.of("%h %T"))
        .hasToString("%h %D");
    assertThat(format.text()).isEqualTo("%h %D");
    LineLayout layout = LineLayout.compile("%h %D");
    assertThat(layout).hasSameHashCodeAs(LineLayout.compile("%h %D"));
    assertThat(layout).isNotEqualTo(LineLayout.compile("%A %D"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "%h %y|character 4 of the LogFormat string: %y is no directive of httpd",
        "%h %{X}y|character 4 of the LogFormat string: %{X}y is no directive of httpd",
        "%h %^xy|character 4 of the LogFormat string: %^xy is no directive of httpd",
        "%h %^|character 4 of the LogFormat string: %^ is no directive of httpd",
        "%h %>|character 4 of the LogFormat string: the directive has no letter",
        "%h %!200|character 4 of the LogFormat string: the directive has no letter",
        "%h %{Refereri|character 5 of the LogFormat string: the brace is never closed",
        "%h %i|character 4 of the LogFormat string: %i needs a name in braces",
        "%h%u|character 3 of the LogFormat string: nothing parts %h from %u",
        "%D%T|character 3 of the LogFormat string: nothing parts %D from %T",
        "%h %{min}T|character 4 of the LogFormat string: %T takes s, ms or us in its braces, not min",
        "%h %{x}p|character 4 of the LogFormat string: %p takes canonical, local or remote in its"
            + " braces, not x",
        "%h %{x}P|character 4 of the LogFormat string: %P takes pid, tid or hextid in its braces,"
            + " not x",
        "%h %!200t|character 4 of the LogFormat string: %t cannot stand under a condition",
        "%h %{%Q}t|character 4 of the LogFormat string: %Q is unknown to strftime",
        "%h %{%}t|character 4 of the LogFormat string: a time format holds no quote, backslash,"
            + " lone % or non-ASCII character",
        "%h\\n|character 3 of the LogFormat string: a line cannot hold a line break"
      })
  void refusesWhatHttpdRefusesAndNamesThePlace(String text, String message) {
    assertThatThrownBy(() -> LogFormat.of(text))
        .isInstanceOf(InvalidLogFormatException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAWordThatIsNoName() {
    assertThatThrownBy(() -> LogFormat.of("combind"))
        .hasMessage(
            "\"combind\" is none of auto, common, combined, nginx, vhost_combined, combinedio,"
                + " flat, and no LogFormat string without a %");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThatThrownBy(() -> LogFormat.of("%h" + "x".repeat(4_095)))
        .hasMessage("character 4097 of the LogFormat string: the string is longer than 4096");
    assertThatThrownBy(() -> LogFormat.of("%h ".repeat(65)))
        .hasMessage("character 193 of the LogFormat string: more than 128 parts");
    assertThatThrownBy(() -> LogFormat.of("%h\r"))
        .hasMessage("character 3 of the LogFormat string: a line cannot hold a line break");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%{end:%d.%m.%y %I:%M:%S %p}t|28.10.25 10:15:30 AM",
        "%{begin:sec}t|1761646530",
        "%{msec}t|1761646530123",
        "%{usec}t|1761646530123456",
        "%{%s}t.%{usec_frac}t|1761646530.123456",
        "%{%c}t|Tue Oct 28 10:15:30 2025",
        "%{%A %e %B %G W%V}t|Tuesday 28 October 2025 W44",
        "%{%F %R %Z}t|2025-10-28 10:15 CET",
        "%{%D %r}t|10/28/25 10:15:30 AM",
        "%{%a %j %k %l%P %u%w %U %W %C%g %h%t%%}t|Tue 301 10 10am 22 43 43 2025 Oct\t%",
        "%{%x %X}t|10/28/25 10:15:30"
      })
  void readsTimesAsStrftimeWritesThem(String formatAndTime) {
    String[] parts = formatAndTime.split("\\|");
    LineEnricher enricher = Enrichers.withSettings(Map.of("LOG_FORMAT", parts[0] + " %>s"));
    String datetime = parts[1].replace("\t", "\\t");
    assertThat(Enrichers.answer(enricher, parts[1] + " 200"))
        .isEqualTo("json  {\"datetime\":\"" + datetime + "\",\"response\":\"200\"}");
  }
}
