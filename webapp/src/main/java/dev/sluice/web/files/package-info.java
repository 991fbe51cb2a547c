/** What the table says of uploaded files, and what came out of them. */
package dev.sluice.web.files;
