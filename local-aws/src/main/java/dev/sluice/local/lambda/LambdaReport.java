package dev.sluice.local.lambda;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What one invocation took, like Lambda's REPORT line.
 *
 * @param init from the start of the JVM until it asked for its first event; zero for a warm one
 * @param duration from the moment the event was handed over to the answer
 * @param maxResidentBytes most memory the JVM has had so far; empty where /proc does not tell
 */
public record LambdaReport(Duration init, Duration duration, OptionalLong maxResidentBytes) {}
