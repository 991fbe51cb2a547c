package dev.sluice.dashboards.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.constructs.Construct;

public class TemplatesTest {
  public static final String NO_NODE = "skipped: the CDK needs Node, and there is none on the PATH";

  private static final class OneTopic extends TemplateStack {
    OneTopic(Construct scope) {
      super(scope, "one-topic", "One topic.");
      CfnTopic.Builder.create(this, "Topic").displayName("d").build();
    }
  }

  public static boolean nodeIsHere() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void makesATemplateThatNeedsNoBootstrap() {
    assumeTrue(nodeIsHere(), NO_NODE);

    String template = Templates.synthesize(OneTopic::new).get("one-topic.json");

    assertThat(template)
        .contains("\"AWS::SNS::Topic\"")
        .doesNotContain("BootstrapVersion", "Parameters", "Rules", "CDKMetadata");
  }
}
