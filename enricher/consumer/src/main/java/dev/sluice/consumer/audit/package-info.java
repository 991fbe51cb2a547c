/**
 * Proves from the objects in S3 that a stream was written once: every tile in its chain, every line
 * in its tile, every rejected line in a rejects object that a commit names.
 */
package dev.sluice.consumer.audit;
