package dev.sluice.enricher.steps;

/** What can be found in text and masked. */
public enum MaskedKind {
  /** E-mail addresses. */
  EMAILS,
  /** Tokens, access keys and other secrets. */
  TOKENS,
  /** Numbers of payment cards. */
  CARDS
}
