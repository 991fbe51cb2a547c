/** The running pipeline, as the consumer's metrics and its newest tile show it. */
package dev.sluice.web.live;
