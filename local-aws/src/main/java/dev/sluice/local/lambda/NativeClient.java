package dev.sluice.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.sluice.local.LocalAwsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The HTTP client inside AWS's runtime interface client is a native library. Left alone, every
 * runtime unpacks it over the same file in {@code /tmp}, where two that start at once break each
 * other; so it is unpacked into a folder of our own and named by the property that the client reads
 * first (its class {@code JniHelper}).
 */
final class NativeClient {

  private static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private NativeClient() {}

  /**
   * The JVM option that names the library, unpacked into the folder.
   *
   * @throws LocalAwsException on a machine that AWS has no library for
   */
  static String unpackInto(Path folder) {
    String resource = "/jni/libaws-lambda-jni." + platform() + ".so";
    Path library = folder.resolve("libaws-lambda-jni.so");
    try (InputStream in = AWSLambda.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new LocalAwsException("AWS's runtime interface client has no " + resource, null);
      }
      Files.copy(in, library);
    } catch (IOException cannotUnpack) {
      throw new LocalAwsException(
          "AWS's runtime interface client cannot be unpacked: " + cannotUnpack, cannotUnpack);
    }
    return "-D" + PROPERTY + "=" + library;
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    boolean intel = machine.equals("amd64") || machine.equals("x86_64");
    if (!system.startsWith("linux") || !(intel || machine.equals("aarch64"))) {
      throw new LocalAwsException(
          "AWS's runtime interface client runs on Linux on x86_64 or arm64 only, this is "
              + System.getProperty("os.name")
              + " on "
              + machine,
          null);
    }
    String libc =
        Files.exists(Path.of("/lib/ld-musl-" + (intel ? "x86_64" : "aarch64") + ".so.1"))
            ? "linux_musl"
            : "linux";
    return libc + (intel ? "-x86_64" : "-aarch_64");
  }
}
