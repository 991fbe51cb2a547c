package dev.sluice.cli.enrich;

import java.util.List;

/** Sends the lines of one input after another through the enricher to the delivery, in order. */
interface EnrichRun {

  void run(List<InputFile> inputs, Delivery delivery);
}
