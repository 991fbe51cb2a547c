/** Calls to AWS that are made again, with jitter and within the time of an invocation. */
package dev.sluice.functions.fanout.sending;
