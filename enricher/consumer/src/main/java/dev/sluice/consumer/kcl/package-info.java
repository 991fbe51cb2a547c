/** Everything that knows KCL: thin adapters between its callbacks and the tiles. */
package dev.sluice.consumer.kcl;
