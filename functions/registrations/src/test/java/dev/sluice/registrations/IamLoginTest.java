package dev.sluice.registrations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.registrations.RegistrationSettings.Database;
import dev.sluice.registrations.RegistrationSettings.Login;
import dev.sluice.registrations.RegistrationSettings.Tls;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The token of RDS: what it looks like, and that no server gets it without TLS. */
class IamLoginTest {

  private static Database database(String host, int port, Tls tls) {
    return new Database(host, port, "shop", "sluice", Login.IAM, "", "", tls);
  }

  private static String token(Database database) {
    return MySqlConnections.token(
        database,
        Region.EU_WEST_1,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "s3cret")));
  }

  @Test
  void aTokenIsASignedRequestToConnect() {
    assertThat(token(database("db.example.com", 3_306, Tls.VERIFY)))
        .startsWith("db.example.com:3306/?")
        .contains("DBUser=sluice", "Action=connect")
        .contains("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Expires=900")
        .containsPattern(
            "X-Amz-Credential=AKIDEXAMPLE%2F\\d{8}%2Feu-west-1%2Frds-db%2Faws4_request")
        .containsPattern("X-Amz-Signature=[0-9a-f]{64}")
        .doesNotContain("s3cret");
  }

  /** RDS asks for the token by mysql_clear_password, so the server that asks may be anybody. */
  @ParameterizedTest
  @EnumSource(Tls.class)
  void noServerGetsTheTokenWithoutTls(Tls tls) throws Exception {
    try (var server = new ClearPasswordServer()) {
      Database database = database("127.0.0.1", server.port(), tls);
      var connections = new MySqlConnections(database, () -> token(database));
      assertThatThrownBy(connections::open).isInstanceOf(SQLException.class);
      assertThat(new String(server.received(), ISO_8859_1))
          .doesNotContain("Action=connect")
          .doesNotContain("X-Amz-Signature");
    }
  }
}
