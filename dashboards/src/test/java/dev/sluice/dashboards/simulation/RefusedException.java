package dev.sluice.dashboards.simulation;

import java.util.List;

/** CloudFormation would refuse the template or its parameters before it creates anything. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(List<String> problems) {
    super(String.join("\n", problems));
  }

  public RefusedException(String problem) {
    super(problem);
  }
}
