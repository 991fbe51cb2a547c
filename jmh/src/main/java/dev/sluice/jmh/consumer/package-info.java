/**
 * The consumer as a process, beside a plain KCL application that reads the same stream. All of this
 * runs on the class path {@code target/consumer.classpath}, which benchmarks.jar does not have.
 */
package dev.sluice.jmh.consumer;
