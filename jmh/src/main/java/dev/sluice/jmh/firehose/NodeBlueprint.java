package dev.sluice.jmh.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.jmh.corpus.WorkDirectory;
import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Timing;
import dev.sluice.jmh.process.ChildProcess;
import dev.sluice.jmh.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The handler that AWS's blueprint makes of Apache logs, in Node, where that is installed: decodes,
 * parses by an expression, writes JSON, encodes, and enriches nothing.
 */
public final class NodeBlueprint {
  /** Its name beside those of {@link HandlerKind}. */
  public static final String LABEL = "node";

  private static final String SCRIPT = "blueprint.mjs";

  private NodeBlueprint() {}

  public static boolean isInstalled() {
    return Programs.isInstalled("node");
  }

  /** The version of Node, such as {@code v20.20.2}. */
  public static String version() {
    return ChildProcess.of(List.of("node", "--version")).output().strip();
  }

  /** The response to an event. */
  public static String answer(Path event) {
    return run("answer", event).output();
  }

  /** Events a second, as the benchmarks of the JVM are measured: by processor time too. */
  public static Score measure(Path event, Timing timing) {
    String millis = Integer.toString(timing.millis());
    String warmup = Integer.toString(timing.cpuMillis() + timing.warmups() * timing.millis());
    String json =
        run("measure", event, warmup, Integer.toString(timing.iterations()), millis).output();
    try {
      JsonNode scores = new ObjectMapper().readTree(json);
      double perSecond = median(scores.get("perCpuSecond"));
      return new Score(
          perSecond,
          median(scores.get("perElapsedSecond")),
          perSecond * Files.size(event),
          Double.NaN); // nothing tells what Node allocates
    } catch (IOException e) {
      throw new UncheckedIOException("Node answered " + json, e);
    }
  }

  private static double median(JsonNode numbers) {
    var all = new ArrayList<Double>();
    numbers.forEach(number -> all.add(number.asDouble()));
    return Medians.of(all);
  }

  private static ChildProcess run(String task, Path event, String... numbers) {
    var command = new ArrayList<>(List.of("node", script().toString(), task, event.toString()));
    command.addAll(List.of(numbers));
    return ChildProcess.of(command);
  }

  private static Path script() {
    Path file = WorkDirectory.path().resolve(SCRIPT);
    try (InputStream in = NodeBlueprint.class.getResourceAsStream(SCRIPT)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
