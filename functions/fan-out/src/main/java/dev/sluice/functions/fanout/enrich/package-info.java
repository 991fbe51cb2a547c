/** The mode enrich: batches of lines into S3, or into a second stream. */
package dev.sluice.functions.fanout.enrich;
