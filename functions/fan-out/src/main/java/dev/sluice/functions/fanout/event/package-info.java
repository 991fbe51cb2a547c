/** What the event source mapping of a Kinesis stream sends, down to the payloads of records. */
package dev.sluice.functions.fanout.event;
