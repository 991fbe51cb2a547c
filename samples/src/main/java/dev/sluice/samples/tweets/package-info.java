/**
 * Tweets of invented people, as version 1.1 and version 2 of the Twitter API write them, with what
 * must be stored of them.
 */
package dev.sluice.samples.tweets;
