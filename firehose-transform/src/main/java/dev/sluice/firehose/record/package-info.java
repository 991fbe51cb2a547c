/** From one record of an event to what is answered for it. No AWS, no clock. */
package dev.sluice.firehose.record;
