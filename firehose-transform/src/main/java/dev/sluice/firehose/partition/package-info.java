/** Keys for dynamic partitioning: what a record is filed under. No clock of its own. */
package dev.sluice.firehose.partition;
