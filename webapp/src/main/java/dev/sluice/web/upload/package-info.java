/** Files from a browser into the upload bucket, in bounded memory. */
package dev.sluice.web.upload;
