package dev.sluice.deploy;

import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;

/**
 * A parameter of a template. What its value has to be is said in the template itself, with the
 * parameter's name, so that CloudFormation refuses a wrong one before it creates anything.
 */
final class Parameter {
  static final String ARN_OR_NOTHING = "(arn:[a-z0-9-]+:[^\\s,]+)?";
  static final String SUBNETS = "subnet-[0-9a-f]+(,subnet-[0-9a-f]+)*";

  private final CfnParameter.Builder builder;
  private final String name;
  private String expected;

  private Parameter(Stack stack, String name, String type, String description) {
    this.name = name;
    builder = CfnParameter.Builder.create(stack, name).type(type).description(description);
  }

  static Parameter text(Stack stack, String name, String description) {
    return new Parameter(stack, name, "String", description);
  }

  static Parameter number(Stack stack, String name, String description) {
    return new Parameter(stack, name, "Number", description);
  }

  /**
   * @param pattern that the whole value matches, a regular expression of Java
   * @param what the value is then, in words
   */
  Parameter matching(String pattern, String what) {
    builder.allowedPattern("^" + pattern + "$");
    expected = what;
    return this;
  }

  Parameter oneOf(String... values) {
    builder.allowedValues(java.util.List.of(values));
    expected = String.join(", ", values);
    return this;
  }

  Parameter between(long least, long most) {
    builder.minValue(least).maxValue(most);
    expected = "a whole number from " + least + " to " + most;
    return this;
  }

  Parameter lengthUpTo(int most) {
    builder.maxLength(most);
    expected = "up to " + most + " characters";
    return this;
  }

  /** Without a default the parameter has to be given. */
  Parameter defaultsTo(Object value) {
    builder.defaultValue(value);
    return this;
  }

  CfnParameter create() {
    if (expected == null) {
      throw new IllegalStateException(name + " says nothing of what it has to be");
    }
    CfnParameter parameter = builder.build();
    parameter.setConstraintDescription(name + ": expected " + expected);
    return parameter;
  }
}
