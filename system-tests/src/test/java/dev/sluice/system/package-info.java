/**
 * The parts together, as processes: kills, stops, reshards, the second stream server, and the
 * command line in a bad environment. {@code packaged} has the Firehose function as it is deployed.
 */
package dev.sluice.system;
