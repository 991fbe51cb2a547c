/**
 * Faults of the network and of a service that is in trouble, between a client and any HTTP server
 * of this machine. {@link dev.sluice.local.proxy.FaultProxy} is the entrance.
 */
package dev.sluice.local.proxy;
