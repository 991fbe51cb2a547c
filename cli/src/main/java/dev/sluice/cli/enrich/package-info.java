/**
 * {@code ./sluice enrich}: lines of files or standard input through the enricher, by one thread or
 * by several, out in the order in which they came in.
 */
package dev.sluice.cli.enrich;
