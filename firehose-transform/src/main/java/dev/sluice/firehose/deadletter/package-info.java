/** Rejected lines on their way to an SQS queue. */
package dev.sluice.firehose.deadletter;
