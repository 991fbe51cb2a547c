package dev.sluice.cli.demo;

/** What one run over a log came to. */
record DemoRun(Books books, DemoTimes times) {}
