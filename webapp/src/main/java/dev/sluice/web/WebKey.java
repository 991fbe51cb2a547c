package dev.sluice.web;

/**
 * One key that can be set, for documentation and its test.
 *
 * @param defaultValue as it would be written; empty if there is none
 * @param unit of the value, or the values to choose from; empty for plain text
 * @param meaning one sentence
 */
public record WebKey(String name, String defaultValue, String unit, String meaning) {}
