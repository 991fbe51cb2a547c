package dev.sluice.consumer.redrive;

/**
 * A rejected line, as its reject document has it.
 *
 * @param line raw bytes, masked where the settings said so
 * @param attempt how often it was tried, 1 or more
 */
record DeadLetter(byte[] line, int attempt) {}
