package dev.sluice.jmh.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is started, waited for, and must end well. */
public final class ChildProcess {
  /** Longest time that any of the programs may take. */
  private static final long MAX_MINUTES = 10;

  private final List<String> command;

  private ChildProcess(List<String> command) {
    this.command = command;
  }

  public static ChildProcess of(List<String> command) {
    return new ChildProcess(List.copyOf(command));
  }

  /** A main class of this class path, on this JVM with its default flags. */
  public static ChildProcess java(String mainClass, String... arguments) {
    return java(List.of(), mainClass, arguments);
  }

  /** A main class of this class path, on this JVM with the given flags. */
  public static ChildProcess java(List<String> flags, String mainClass, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(arguments));
    return new ChildProcess(command);
  }

  /** A started program. */
  public record Running(Process process, String name) {
    /** Waits for the end. */
    public void await() {
      try {
        if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new IllegalStateException(name + " takes more than " + MAX_MINUTES + " minutes");
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + name, e);
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(name + " ended with " + process.exitValue());
      }
    }
  }

  /** Starts it; its output is thrown away, its errors are ours. */
  public Running start() {
    return start(Redirect.DISCARD, Redirect.INHERIT);
  }

  /** Starts it with its output and errors where the caller wants them. */
  public Running start(Redirect output, Redirect errors) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output)
              .redirectError(errors)
              .start();
      return new Running(process, command.get(0));
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + command.get(0), e);
    }
  }

  /** Starts it, waits for its end, and answers its output. */
  public String output() {
    Running running = start(Redirect.PIPE, Redirect.INHERIT);
    try (InputStream output = running.process().getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      running.await();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits for its end. */
  public void run() {
    start().await();
  }
}
