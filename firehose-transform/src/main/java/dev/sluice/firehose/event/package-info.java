/** Reads what Firehose sends: the event's JSON, and the Base64 in it. */
package dev.sluice.firehose.event;
