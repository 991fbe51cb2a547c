/** Reads the messages of a stream of tweets, of version 1.1 and version 2 of the Twitter API. */
package dev.sluice.tweets.message;
