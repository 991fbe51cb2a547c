package dev.sluice.deploy;

import software.amazon.awscdk.App;

/** All stacks. */
final class Stacks {
  private Stacks() {}

  static void addTo(App app) {
    new PipelineStack(app);
    new FilesStack(app);
    new TweetsStack(app);
    new RegistrationsStack(app);
    new WindowsStack(app);
    new FanOutStack(app);
  }
}
