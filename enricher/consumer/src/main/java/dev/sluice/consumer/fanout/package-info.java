/**
 * The consumer modes that decide instead of writing lines: alerts to SNS, counts by minute to
 * CloudWatch. A checkpoint never passes a line whose decision was not sent.
 */
package dev.sluice.consumer.fanout;
