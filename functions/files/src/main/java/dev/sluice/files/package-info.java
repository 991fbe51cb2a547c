/**
 * Works through files that are put into a bucket: logs are enriched, texts are logged, and what is
 * known of each stands in a table.
 */
package dev.sluice.files;
