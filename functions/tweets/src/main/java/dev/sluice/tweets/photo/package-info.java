/** Fetches photos from where strangers say that they are, without being led anywhere else. */
package dev.sluice.tweets.photo;
