/** Where the lines of a tile go besides S3: at least once, before the tile's commit. */
package dev.sluice.consumer.sinks;
