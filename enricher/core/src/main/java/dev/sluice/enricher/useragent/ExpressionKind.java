package dev.sluice.enricher.useragent;

/** What an expression recognises. */
enum ExpressionKind {
  USER_AGENT,
  OS,
  DEVICE,
  /** A mark of a device type, see {@link DeviceTypes.Mark}; in the order of its constants. */
  MARK
}
