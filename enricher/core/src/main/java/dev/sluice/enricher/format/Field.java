package dev.sluice.enricher.format;

/** Fields of an access log line that we know by name. Names are those of the format. */
public enum Field {
  /** {@code %h}: client name or address; {@code %a} in a format without {@code %h}. */
  REMOTE_HOST,
  /** {@code %l}: remote logname from identd, nearly always a dash. */
  IDENTITY,
  /** {@code %u}: authenticated user; may be empty and may hold spaces. */
  USER,
  /** {@code %t} without the brackets, or all of {@code %{...}t}: when the request was received. */
  TIMESTAMP,
  /** {@code %r}: first line of the request, or one built from its parts. */
  REQUEST_LINE,
  /** {@code %>s}: three digits. */
  STATUS,
  /** {@code %b}: digits or a dash; {@code %O} in a format without {@code %b} and {@code %B}. */
  BYTES,
  /** {@code %{Referer}i}. */
  REFERER,
  /** {@code %{User-Agent}i}. */
  USER_AGENT,
  /** {@code %a}: client address, never a name. */
  CLIENT_ADDRESS,
  /** {@code %{X-Forwarded-For}i}: the client as proxies tell it, and the proxies. */
  FORWARDED_FOR,
  /** {@code %v} or {@code %V}: name of the virtual host. */
  SERVER_NAME,
  /** {@code %p}: port of the virtual host. */
  SERVER_PORT,
  /** {@code %A}: address of the server. */
  SERVER_ADDRESS,
  /** {@code %m}. */
  METHOD,
  /** {@code %U}: path of the request, decoded by httpd. */
  URL_PATH,
  /** {@code %q}: empty, or the query from its question mark. */
  QUERY,
  /** {@code %H}: such as HTTP/1.1. */
  PROTOCOL,
  /** {@code %I}: bytes received, headers included. */
  BYTES_RECEIVED,
  /** {@code %O}: bytes sent, headers included. */
  BYTES_SENT,
  /** {@code %D} or {@code %{us}T}: microseconds that the request took. */
  DURATION_MICROS,
  /** {@code %{ms}T}. */
  DURATION_MILLIS,
  /** {@code %T}. */
  DURATION_SECONDS,
  /** {@code %k}: requests on this connection before this one. */
  KEEPALIVE_REQUESTS,
  /** {@code %X}: X aborted, + may be kept alive, - closed. */
  CONNECTION_STATUS,
  /** {@code %P}. */
  PROCESS_ID,
  /** {@code %f}. */
  FILE_NAME,
  /** {@code %L}: joins access log and error log. */
  LOG_ID,
  /** What follows the last field of the format, with the blank before it. */
  EXTRA
}
