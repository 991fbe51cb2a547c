package dev.sluice.registrations;

/**
 * One customer.
 *
 * @param custId 0 or above; the key in both stores
 * @param name 1 to {@link RegistrationReader#MAX_NAME_CHARACTERS} characters of Unicode
 */
record Registration(long custId, String name) {}
