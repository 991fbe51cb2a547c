/**
 * Steps with I/O: names of hosts from the DNS and reference data from DynamoDB. A batch of lines
 * asks once for its distinct keys, with one deadline, behind a bounded cache and a circuit breaker;
 * what is not answered leaves a warning and nothing else.
 */
package dev.sluice.lookups;
