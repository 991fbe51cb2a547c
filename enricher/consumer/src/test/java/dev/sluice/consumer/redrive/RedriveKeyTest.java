package dev.sluice.consumer.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedriveKeyTest {
  @Test
  void carriesTheAttempt() {
    assertThat(RedriveKey.attempt(RedriveKey.of(2, 7))).isEqualTo(2);
    assertThat(RedriveKey.attempt(RedriveKey.of(999_999, -1))).isEqualTo(999_999);
    assertThat(RedriveKey.of(2, -1)).isEqualTo("sluice-redrive-2-ffffffffffffffff");
  }

  @Test
  void everyOtherKeyIsAFirstAttempt() {
    for (String key :
        new String[] {
          null, "", "host", "sluice-redrive-", "sluice-redrive-0-a", "sluice-redrive-1234567-a"
        }) {
      assertThat(RedriveKey.attempt(key)).as(String.valueOf(key)).isEqualTo(1);
    }
  }
}
