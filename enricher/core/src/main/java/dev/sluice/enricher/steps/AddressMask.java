package dev.sluice.enricher.steps;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.geo.Address;

/** What is written instead of a client's address or name. The same for the same client. */
interface AddressMask {
  void appendAddress(Address address, OutputBuffer out);

  /** Appends what stands for a host that was logged by name. */
  void appendName(byte[] text, int from, int to, OutputBuffer out);
}
