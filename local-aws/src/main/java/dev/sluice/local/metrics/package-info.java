/**
 * Metrics by name: which ones docs/metrics.md promises, and which ones CloudWatch would make of
 * what a program sends. Tests of every module that sends any hold one to the other.
 */
package dev.sluice.local.metrics;
