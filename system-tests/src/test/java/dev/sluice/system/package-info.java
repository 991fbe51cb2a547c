/**
 * The parts together, as processes: kills, stops, reshards, the second stream server, and the
 * command line in a bad environment.
 */
package dev.sluice.system;
