package dev.sluice.lookups;

import java.time.Duration;

/**
 * What is remembered of the answers of a source.
 *
 * @param entries most keys
 * @param foundTtl how long what was found is remembered
 * @param absentTtl how long it is remembered that there is nothing
 */
record CacheSettings(int entries, Duration foundTtl, Duration absentTtl) {}
