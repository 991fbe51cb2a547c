package dev.sluice.jmh.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.jmh.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two threads of one JVM, and two JVMs of one thread each that run side by side. */
public final class TwoThreads {
  private TwoThreads() {}

  /** Operations a second of two threads that share what threads share. */
  public static double oneProcess(Subject subject, Timing timing) {
    return sum(List.of(start(subject, timing, 2)));
  }

  /** Operations a second of two processes together, started at the same moment. */
  public static double twoProcesses(Subject subject, Timing timing) {
    return sum(List.of(start(subject, timing, 1), start(subject, timing, 1)));
  }

  private record Started(ChildProcess.Running process, Path result) {}

  private static Started start(Subject subject, Timing timing, int threads) {
    try {
      Path result = Files.createTempFile("jmh", ".json");
      var flags = new ArrayList<>(JmhRun.FLAGS);
      flags.add("-D" + CpuWarmup.MILLIS + "=" + timing.cpuMillis());
      flags.add("-Djmh.ignoreLock=true"); // two at once are what is measured
      var child =
          ChildProcess.java(
              flags,
              "org.openjdk.jmh.Main",
              subject.include(),
              "-p",
              "corpus=" + subject.corpus(),
              "-p",
              "implementation=" + subject.implementation(),
              "-f",
              "0",
              "-t",
              Integer.toString(threads),
              "-wi",
              Integer.toString(timing.warmups()),
              "-i",
              Integer.toString(timing.iterations()),
              "-w",
              timing.millis() + "ms",
              "-r",
              timing.millis() + "ms",
              "-v",
              "SILENT",
              "-rf",
              "json",
              "-rff",
              result.toString());
      // JMH warns on standard error that nothing is forked: the process is the fork.
      return new Started(child.start(Redirect.DISCARD, Redirect.DISCARD), result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double sum(List<Started> started) {
    started.forEach(child -> child.process().await());
    double sum = 0;
    try {
      for (Started child : started) {
        JsonNode results = new ObjectMapper().readTree(child.result().toFile());
        sum += results.get(0).get("primaryMetric").get("score").asDouble();
        Files.delete(child.result());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }
}
