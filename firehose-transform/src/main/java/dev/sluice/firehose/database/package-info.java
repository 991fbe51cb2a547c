/** GeoIP2 databases that a layer brings. */
package dev.sluice.firehose.database;
