package dev.sluice.enricher.steps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.enricher.profile.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/** Holds what was written for a line against a schema. Thread-safe. */
final class SchemaCheck {
  private static final JsonFactory JSON = new JsonFactory();

  private final Schema schema;

  SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads the schema of the settings, or else the published one of the profile.
   *
   * @throws UnusableDatabaseException if it cannot be used
   */
  static SchemaCheck open(SchemaSettings settings, Profile profile) {
    return new SchemaCheck(
        settings.file().isPresent()
            ? SchemaReader.read(settings.file().get())
            : published(profile));
  }

  private static Schema published(Profile profile) {
    String name =
        "/dev/sluice/enricher/schema/" + profile.name().toLowerCase(Locale.ROOT) + ".json";
    try (InputStream in = SchemaCheck.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new UnusableDatabaseException(
            Path.of(name), "this build has no schema of the profile; set SCHEMA_FILE", null);
      }
      return SchemaReader.read(in, Path.of(name));
    } catch (IOException e) {
      throw new UnusableDatabaseException(Path.of(name), "not readable", e);
    }
  }

  /**
   * The key of the object from {@code from} on that breaks the schema, the empty key for the object
   * itself, or null.
   */
  String firstViolation(OutputBuffer out, int from) {
    try (JsonParser json = JSON.createParser(out.array(), from, out.length() - from)) {
      json.nextToken();
      return schema.firstViolation(json);
    } catch (IOException e) {
      throw new UncheckedIOException("what we write is JSON, in memory", e);
    }
  }
}
