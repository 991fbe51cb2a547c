package dev.sluice.dashboards.monitoring;

import java.util.List;
import java.util.Optional;

/**
 * A parameter of the template. CloudFormation refuses a value that does not fit before it creates
 * anything, and says {@link #constraint()}, which names the parameter.
 *
 * @param id its name
 * @param type {@code String} or {@code Number}
 * @param defaultValue empty for one that must be given
 * @param pattern that a text fits; empty for a number or a choice
 * @param min smallest number; 0 for a text
 * @param max largest number; 0 for a text
 * @param choices all values there are; none for anything that fits
 * @param description for whoever fills it in
 * @param expected what fits, in words
 */
public record Parameter(
    String id,
    String type,
    Optional<String> defaultValue,
    String pattern,
    int min,
    int max,
    List<String> choices,
    String description,
    String expected) {

  /** A name of something that need not be deployed: empty leaves out what watches it. */
  static Parameter optional(String id, String pattern, String description, String expected) {
    return new Parameter(
        id,
        "String",
        Optional.of(""),
        "^$|^" + pattern + "$",
        0,
        0,
        List.of(),
        description + " Empty: it is not watched.",
        "empty, or " + expected);
  }

  static Parameter text(String id, String value, String pattern, String about, String expected) {
    return new Parameter(
        id, "String", Optional.of(value), "^" + pattern + "$", 0, 0, List.of(), about, expected);
  }

  static Parameter required(String id, String pattern, String description, String expected) {
    return new Parameter(
        id,
        "String",
        Optional.empty(),
        "^" + pattern + "$",
        0,
        0,
        List.of(),
        description,
        expected);
  }

  static Parameter number(String id, int value, int min, int max, String description) {
    return new Parameter(
        id,
        "Number",
        Optional.of(Integer.toString(value)),
        "",
        min,
        max,
        List.of(),
        description,
        "a whole number from " + min + " to " + max);
  }

  static Parameter flag(String id, String description) {
    return new Parameter(
        id,
        "String",
        Optional.of("false"),
        "",
        0,
        0,
        List.of("true", "false"),
        description,
        "true or false");
  }

  /** What CloudFormation says to a value that does not fit. */
  public String constraint() {
    return id + ": expected " + expected + ".";
  }

  /** Its value, in a text of {@code Fn::Sub}. */
  public String value() {
    return "${" + id + "}";
  }

  /** Name of the condition that it is not empty. */
  public String given() {
    return "Has" + id;
  }

  /** Whether an empty value leaves something out. */
  public boolean isOptional() {
    return defaultValue.isPresent() && defaultValue.get().isEmpty();
  }
}
