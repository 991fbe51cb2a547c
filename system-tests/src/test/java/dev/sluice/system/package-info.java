/**
 * The parts together, as processes: the fault suite ({@link dev.sluice.system.FaultTest}), the
 * second stream server, and the command line in a bad environment. {@code packaged} has the
 * Firehose function as it is deployed.
 */
package dev.sluice.system;
