/** The response: every record of an event answered once, in order, within the legal size. */
package dev.sluice.firehose.answer;
