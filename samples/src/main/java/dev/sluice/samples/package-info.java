/**
 * Seeded generators of samples: access logs ({@link dev.sluice.samples.SyntheticAccessLog}), the
 * geography of their addresses ({@link dev.sluice.samples.SampleGeo}), and the writer of MaxMind DB
 * files behind it ({@link dev.sluice.samples.MmdbWriter}). {@link dev.sluice.samples.WriteSamples}
 * writes the committed files. Nothing here needs more than the JDK, and nothing depends on its
 * clock, language or time zone.
 */
package dev.sluice.samples;
