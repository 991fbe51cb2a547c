/**
 * The fan-out pattern as a Lambda function behind a Kinesis stream: enriched lines, counts by
 * minute, or alerts, each for itself.
 */
package dev.sluice.functions.fanout;
