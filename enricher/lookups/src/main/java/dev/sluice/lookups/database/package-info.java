/** GeoIP2 databases that lie in S3: fetched into a folder, and again when they have changed. */
package dev.sluice.lookups.database;
