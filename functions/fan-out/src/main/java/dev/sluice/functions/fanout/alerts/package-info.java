/**
 * The mode alerts: what is counted and told about a shard goes from invocation to invocation in one
 * item of a DynamoDB table.
 */
package dev.sluice.functions.fanout.alerts;
