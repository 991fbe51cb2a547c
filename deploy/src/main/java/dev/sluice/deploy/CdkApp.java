package dev.sluice.deploy;

import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** What {@code cdk} starts (cdk.json): the stacks, for {@code cdk deploy} and {@code cdk diff}. */
public final class CdkApp {
  private CdkApp() {}

  /** Takes where to write from the environment, as every program of the CDK does. */
  public static void main(String[] args) {
    var app = new App(AppProps.builder().analyticsReporting(false).treeMetadata(false).build());
    Stacks.addTo(app);
    app.synth();
  }
}
