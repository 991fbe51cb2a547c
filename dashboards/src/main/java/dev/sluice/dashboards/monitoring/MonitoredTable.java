package dev.sluice.dashboards.monitoring;

/** The DynamoDB tables. */
public enum MonitoredTable {
  LEASES("Leases", "consumer's leases", Parameters.CONSUMER),
  ALERT_STATE(
      "AlertState",
      "alerts' state",
      Parameters.table("AlertStateTable", "Table with the alerts' state.")),
  FILES("Files", "files' metadata", Parameters.table("FilesTable", "Table with files' metadata.")),
  FILE_CLAIMS(
      "FileClaims",
      "files' claims",
      Parameters.table("FileIdempotencyTable", "Table with files that are being worked on.")),
  TWEETS("Tweets", "tweets", Parameters.table("TweetsTable", "Table with tweets.")),
  CUSTOMERS("Customers", "customers", Parameters.table("CustomersTable", "Table with customers.")),
  WINDOWS(
      "Windows",
      "results of windows",
      Parameters.table("WindowsTable", "Table with results of windows."));

  private final String id;
  private final String words;
  private final Parameter parameter;

  MonitoredTable(String id, String words, Parameter parameter) {
    this.id = id;
    this.words = words;
    this.parameter = parameter;
  }

  /** How the names of its alarms begin. */
  public String id() {
    return id;
  }

  /** What lies in it. */
  public String words() {
    return words;
  }

  /** Parameter with its name; the application's name is that of the lease table. */
  public Parameter parameter() {
    return parameter;
  }
}
