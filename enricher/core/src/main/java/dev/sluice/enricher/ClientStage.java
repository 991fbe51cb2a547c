package dev.sluice.enricher;

import dev.sluice.enricher.format.ClientAddress;

/** Finds who sent a request that came through proxies. Not thread-safe. */
final class ClientStage extends LineStage {
  private final ClientAddress client;

  ClientStage(ClientAddress client) {
    this.client = client;
  }

  @Override
  void run(EnrichedLine line) {
    line.warnings().addUnless(client.resolve(line.fields()), Warning.UNKNOWN_CLIENT);
  }
}
