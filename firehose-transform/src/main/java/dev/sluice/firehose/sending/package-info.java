/** Batches to AWS services that may take a part of them, sent again until all is taken. */
package dev.sluice.firehose.sending;
