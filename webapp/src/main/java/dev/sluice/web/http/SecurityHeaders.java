package dev.sluice.web.http;

import org.eclipse.jetty.http.HttpFields;

/** What every answer tells the browser not to do. */
final class SecurityHeaders {

  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

  private SecurityHeaders() {}

  static void put(HttpFields.Mutable headers) {
    headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cache-Control", "no-store"); // pages are about files of one organisation
  }
}
