package dev.sluice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstLinesTest {

  @ParameterizedTest
  @CsvSource({"1, 'a;'", "2, 'a;;'", "3, 'a;;b'", "9, 'a;;b'"})
  void endsBehindTheGivenLineEnd(long lines, String expected) throws IOException {
    byte[] log = "a\n\nb".getBytes(UTF_8);
    var all = new FirstLines(new ByteArrayInputStream(log), lines);
    assertThat(new String(all.readAllBytes(), UTF_8)).isEqualTo(expected.replace(';', '\n'));
    var single = new FirstLines(new ByteArrayInputStream(log), lines);
    var read = new StringBuilder();
    for (int b = single.read(); b >= 0; b = single.read()) {
      read.append((char) b);
    }
    assertThat(read.toString()).isEqualTo(expected.replace(';', '\n'));
  }
}
