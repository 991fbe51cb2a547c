/** The lines of a log file, read as a stream, and the outcome of each. */
package dev.sluice.files.log;
