/** Sends records that found no room in a response back to where they came from. */
package dev.sluice.firehose.overflow;
