/** Dead letters back into the stream. */
package dev.sluice.consumer.redrive;
