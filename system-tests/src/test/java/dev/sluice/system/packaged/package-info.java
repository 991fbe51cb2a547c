/**
 * The packaged Firehose function, {@code firehose-transform.zip}, under AWS's runtime interface
 * client. These tests run in the phase {@code verify}, behind the packaging; without the zip they
 * fail.
 */
package dev.sluice.system.packaged;
