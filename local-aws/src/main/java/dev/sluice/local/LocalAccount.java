package dev.sluice.local;

/** The account and the region that the embedded stack stands in. */
public final class LocalAccount {

  public static final String ID = "000000000000";
  public static final String REGION = "us-east-1";

  private LocalAccount() {}
}
