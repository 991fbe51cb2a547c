/**
 * Services that take what they are given and remember it for tests and the demo: SNS and CloudWatch
 * metrics, as far as a producer calls them. Both speak AWS's query protocol.
 */
package dev.sluice.local.recording;
