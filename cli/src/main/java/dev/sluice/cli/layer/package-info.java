/** {@code ./sluice geoip-layer}. */
package dev.sluice.cli.layer;
