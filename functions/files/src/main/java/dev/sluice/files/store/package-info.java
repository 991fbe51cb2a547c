/** The tables: what is known of each upload, and which uploads are done. */
package dev.sluice.files.store;
