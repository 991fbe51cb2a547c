/** The mode metrics: counts by minute, as documents of the embedded metric format. */
package dev.sluice.functions.fanout.metrics;
