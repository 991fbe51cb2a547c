/** Spans of an invocation and its steps, where the settings want them. */
package dev.sluice.firehose.tracing;
