package dev.sluice.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of the function, and what is wrong with them. */
class RegistrationSettingsTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "DATABASE_HOST", "db.example.com",
          "DATABASE_NAME", "shop",
          "DATABASE_USER", "sluice",
          "DATABASE_SECRET", "shop/db");

  @Test
  void allProblemsAreReportedTogether() {
    var settings =
        new Settings(
            Map.of(
                    "DATABASE_HOST", "db/?x=1",
                    "DATABASE_NAME", "a`b",
                    "CUSTOMER_ROW_TABLE", "Customer` --",
                    "DATABASE_LOGIN", "password",
                    "DATABASE_PORT", "0",
                    "DATABASE_TLS", "maybe")
                ::get);
    assertThatThrownBy(() -> RegistrationSettings.from(settings))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "DATABASE_HOST",
            "DATABASE_NAME",
            "CUSTOMER_ROW_TABLE",
            "DATABASE_PASSWORD",
            "DATABASE_PORT",
            "DATABASE_TLS",
            "DATABASE_USER");
  }

  @Test
  void aTokenGoesOverTlsOnly() {
    var keys = new HashMap<>(LEAST);
    keys.put("DATABASE_LOGIN", "iam");
    keys.put("DATABASE_TLS", "off");
    assertThatThrownBy(() -> RegistrationSettings.from(new Settings(keys::get)))
        .hasMessageContaining("DATABASE_TLS");
  }

  @Test
  void theTableOfKeysNamesWhatIsReadAndNobodySeesThePassword() {
    var asked = new ArrayList<String>();
    RegistrationSettings settings =
        RegistrationSettings.from(
            new Settings(
                key -> {
                  asked.add(key);
                  return key.equals("DATABASE_PASSWORD") ? "s3cret" : LEAST.get(key);
                }));
    assertThat(RegistrationSettings.keys().stream().map(key -> key.name()))
        .containsExactlyInAnyOrderElementsOf(asked);
    assertThat(settings.toString()).doesNotContain("s3cret");
    assertThat(settings.database().tls()).isEqualTo(RegistrationSettings.Tls.VERIFY);
  }

  @Test
  void thePasswordOfASecretIsItsMember() {
    assertThat(MySqlConnections.passwordOf("{\"username\":\"u\",\"password\":\"p w\"}"))
        .isEqualTo("p w");
    assertThatThrownBy(() -> MySqlConnections.passwordOf("{\"pass\":\"hidden\"}"))
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> MySqlConnections.passwordOf("hidden"))
        .hasMessageNotContaining("hidden");
  }
}
