package dev.sluice.web.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.web.http.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileNameTest {

  static List<String> good() {
    return List.of(
        "access.log",
        "with space + plus.log",
        "a%20b.log",
        "...",
        ".env",
        "café 日本 😀.log.gz",
        "<img src=x onerror=alert(1)>.log",
        "a\"b'c;d.txt",
        "x".repeat(1_024),
        "é".repeat(512));
  }

  static List<String> bad() {
    return List.of(
        "",
        "   ",
        ".",
        "..",
        "../a",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "a\nb",
        "a\u0000b",
        "a\u007fb",
        "a\u0085b",
        "gnp\u202Eexe",
        "a\u2066b",
        "a\u2028b",
        "half \uD800",
        "a\uFFFFb",
        "x".repeat(1_025),
        "é".repeat(513));
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesNamesAsTheyAre(String name) {
    assertThat(FileName.checked(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatIsNoNameOfAFile(String name) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> FileName.checked(name))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @Test
  void saysHowLongANameIs() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> FileName.checked("é".repeat(600)))
        .withMessage("A name has 1024 bytes at most, this one has 1200.");
  }
}
