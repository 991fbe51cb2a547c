/**
 * One Lambda function at a time, for tests and the demo: AWS's own runtime interface client runs
 * the packaged function in a JVM of its own, against a Runtime API on loopback.
 *
 * <p>{@code LocalLambda} is the way in. {@code FunctionCode} unpacks the package, {@code
 * RuntimeProcess} is the JVM with the environment of a Lambda, {@code RuntimeApi} what it talks to.
 */
package dev.sluice.local.lambda;
