package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.mariadb.LocalMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the packaged function gets into a database that asks for a password over TLS: the server is
 * checked, and the password is a secret's.
 */
class RegistrationsLoginTest {
  private static final String SECRET = "shop/db";
  private static final String REGISTERED = "{\"batchItemFailures\":[]}";
  private static final String COMES_BACK = "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}";

  @TempDir static Path folder;
  private static ServerCertificate certificate;
  private static ServerCertificate stranger;
  private static SecretsEndpoint secrets;
  private static RegistrationsStack stack;

  /** Opened before the server looks at its grants, and so allowed everything. */
  private static Connection root;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(LocalMariaDb.runsHere(), "there is no MariaDB for this machine");
    certificate = ServerCertificate.create(folder, "dns:localhost");
    stranger =
        ServerCertificate.create(
            Files.createDirectory(folder.resolve("stranger")), "dns:localhost");
    secrets = SecretsEndpoint.start();
    stack =
        RegistrationsStack.start(
            folder.resolve("database"),
            "--ssl-cert=" + certificate.certificate(),
            "--ssl-key=" + certificate.key());
    root = stack.database().connect();
    sql("DELETE FROM mysql.global_priv WHERE User = ''"); // else anybody of this machine is nobody
    sql("FLUSH PRIVILEGES"); // from now on it asks who is there
    sql("CREATE USER 'sluice'@'%' IDENTIFIED BY 'first p%ss' REQUIRE SSL");
    sql("GRANT ALL ON test.* TO 'sluice'@'%'");
  }

  @AfterAll
  static void stop() throws SQLException {
    if (stack != null) {
      root.close();
      stack.close();
    }
    if (secrets != null) {
      secrets.close();
    }
  }

  @BeforeEach
  void firstPassword() throws SQLException {
    sql("ALTER USER 'sluice'@'%' IDENTIFIED BY 'first p%ss'");
    secret("first p%ss");
  }

  private static void sql(String text) throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute(text);
    }
  }

  private static boolean hasRow(long custId) throws SQLException {
    try (Statement statement = root.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT Name FROM Customer WHERE CustID = " + custId)) {
      return found.next();
    }
  }

  private static PackagedFunction function(
      ServerCertificate trusted, String host, Map<String, String> changed) {
    var environment = new HashMap<String, String>();
    environment.put("DATABASE_HOST", host);
    environment.put("DATABASE_USER", "sluice");
    environment.put("DATABASE_LOGIN", "secret");
    environment.put("DATABASE_SECRET", SECRET);
    environment.put("DATABASE_TLS", "verify");
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url());
    environment.put("JAVA_TOOL_OPTIONS", trusted.trusting());
    environment.putAll(changed);
    return stack.function(environment);
  }

  private static void secret(String password) {
    ObjectNode secret = new ObjectMapper().createObjectNode();
    secrets.put(SECRET, secret.put("username", "sluice").put("password", password).toString());
  }

  private static String register(PackagedFunction function, long custId) {
    ObjectNode event = new ObjectMapper().createObjectNode();
    event
        .putArray("Records")
        .addObject()
        .put("messageId", "m-1")
        .put("body", RegistrationsStack.body(custId, "n" + custId));
    return function.invoke(event.toString().getBytes(UTF_8)).text();
  }

  @Test
  void aKnownServerAndTheSecretLetItInAndARotationNeedsNoDeployment() throws Exception {
    try (PackagedFunction function = function(certificate, "localhost", Map.of())) {
      assertThat(register(function, 1)).as(function.log().toString()).isEqualTo(REGISTERED);
      int calls = secrets.calls();
      assertThat(register(function, 2)).isEqualTo(REGISTERED);
      assertThat(secrets.calls()).as("one connection is kept").isEqualTo(calls);

      sql("ALTER USER 'sluice'@'%' IDENTIFIED BY 'rotated'");
      sql("KILL USER 'sluice'"); // its connections
      assertThat(register(function, 3)).as("the secret is still the old one").isEqualTo(COMES_BACK);
      secret("rotated");
      assertThat(register(function, 3)).isEqualTo(REGISTERED);
      assertThat(function.log().toString()).doesNotContain("first p%ss").doesNotContain("rotated");
    }
    assertThat(hasRow(3)).isTrue();
  }

  @Test
  void aServerThatIsNotKnownIsNotTalkedTo() throws Exception {
    try (PackagedFunction function = function(stranger, "localhost", Map.of())) {
      assertThat(register(function, 11)).isEqualTo(COMES_BACK);
    }
    assertThat(stack.items()).doesNotContainKey(11L);
  }

  @Test
  void aServerOfAnotherNameIsNotTalkedTo() throws Exception {
    try (PackagedFunction function = function(certificate, "127.0.0.1", Map.of())) {
      assertThat(register(function, 12)).isEqualTo(COMES_BACK);
    }
    assertThat(stack.items()).doesNotContainKey(12L);
  }

  @Test
  void withoutTlsTheServerLetsNobodyIn() throws Exception {
    try (PackagedFunction function =
        function(certificate, "localhost", Map.of("DATABASE_TLS", "off"))) {
      assertThat(register(function, 13)).isEqualTo(COMES_BACK);
    }
    assertThat(stack.items()).doesNotContainKey(13L);
  }
}
