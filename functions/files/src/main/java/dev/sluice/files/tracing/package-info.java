/** Spans of a file and its steps, where the settings want them. */
package dev.sluice.files.tracing;
