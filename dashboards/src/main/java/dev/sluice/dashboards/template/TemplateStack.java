package dev.sluice.dashboards.template;

import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * A stack whose template deploys by itself: no assets, no bootstrap stack, no rule that asks for
 * one, nothing reported about versions. Account and region are those of the deployment.
 */
public abstract class TemplateStack extends Stack {
  /**
   * @param scope an app of {@link Templates}
   * @param name of the template's file and, unless told otherwise, of the stack
   * @param description first line that a person reads of the template, at most 1,024 bytes
   */
  protected TemplateStack(Construct scope, String name, String description) {
    super(
        scope,
        name,
        StackProps.builder()
            .description(description)
            .synthesizer(new BootstraplessSynthesizer())
            .analyticsReporting(false)
            .build());
  }
}
