package dev.sluice.cli.demo;

/** Times of a run, in nanoseconds of {@link System#nanoTime}. */
record DemoTimes(long started, long replayed, long delivered) {}
