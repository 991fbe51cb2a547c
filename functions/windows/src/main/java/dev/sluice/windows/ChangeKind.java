package dev.sluice.windows;

/** What the stream says about an item. */
enum ChangeKind {
  INSERT,
  MODIFY,
  REMOVE,
  /** A name that DynamoDB did not have when this was written: counted all the same. */
  OTHER;

  static ChangeKind named(String eventName) {
    return switch (eventName) {
      case "INSERT" -> INSERT;
      case "MODIFY" -> MODIFY;
      case "REMOVE" -> REMOVE;
      default -> OTHER;
    };
  }
}
