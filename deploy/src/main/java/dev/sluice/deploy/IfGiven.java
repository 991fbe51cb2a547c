package dev.sluice.deploy;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;

/**
 * A variable that is there under a condition alone. Blank would not do everywhere: a function whose
 * database is set and empty leaves out that of its layer, too.
 *
 * @param condition its name in the template
 */
record IfGiven(String condition, String value) {
  /** The value for where a variable without one is left out, as Lambda's are. */
  @Override
  public String toString() {
    return Fn.conditionIf(condition, value, Aws.NO_VALUE).toString();
  }
}
