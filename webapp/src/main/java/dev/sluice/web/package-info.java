/**
 * The web application: upload page, processed files, the live pipeline page. Composition stands
 * here; {@code http} is the server and its guards, {@code upload}, {@code files} and {@code live}
 * are what the pages ask for.
 */
package dev.sluice.web;
