/** Requests in, answers out: routes, guards, headers and the pages themselves; nothing of AWS. */
package dev.sluice.web.http;
