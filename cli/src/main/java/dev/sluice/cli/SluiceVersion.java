package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What {@code ./sluice --version} prints; the build writes the version of the root pom down. */
final class SluiceVersion implements IVersionProvider {

  private static final String RESOURCE = "version.txt";

  @Override
  public String[] getVersion() {
    return new String[] {"sluice " + text()};
  }

  private static String text() {
    try (InputStream in = SluiceVersion.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
