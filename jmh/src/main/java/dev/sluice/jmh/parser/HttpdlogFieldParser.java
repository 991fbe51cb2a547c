package dev.sluice.jmh.parser;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import nl.basjes.parse.core.Field;
import nl.basjes.parse.core.Parser;
import nl.basjes.parse.core.exceptions.DissectionFailure;
import nl.basjes.parse.core.exceptions.InvalidDissectorException;
import nl.basjes.parse.core.exceptions.MissingDissectorsException;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;

/** httpdlog-parser with Apache's name of the format. */
final class HttpdlogFieldParser implements FieldParser {
  private final Parser<Row> parser = new HttpdLoglineParser<>(Row.class, "combined");
  private final Row row = new Row();

  /** Takes the fields that its annotations ask for. */
  public static final class Row {
    private final Map<CombinedField, String> fields = new EnumMap<>(CombinedField.class);

    @Field("IP:connection.client.host")
    public void setHost(String value) {
      fields.put(CombinedField.HOST, value);
    }

    @Field("TIME.STAMP:request.receive.time")
    public void setTimestamp(String value) {
      fields.put(CombinedField.TIMESTAMP, value);
    }

    @Field("STRING:request.status.last")
    public void setStatus(String value) {
      fields.put(CombinedField.STATUS, value);
    }

    @Field("BYTESCLF:response.body.bytes")
    public void setBytes(String value) {
      fields.put(CombinedField.BYTES, value);
    }

    @Field("HTTP.URI:request.referer")
    public void setReferer(String value) {
      fields.put(CombinedField.REFERER, value);
    }

    @Field("HTTP.USERAGENT:request.user-agent")
    public void setUserAgent(String value) {
      fields.put(CombinedField.USER_AGENT, value);
    }
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to) {
    row.fields.clear();
    try {
      parser.parse(row, new String(buffer, from, to - from, StandardCharsets.UTF_8));
      return true;
    } catch (DissectionFailure e) {
      return false;
    } catch (InvalidDissectorException | MissingDissectorsException e) {
      throw new IllegalStateException("httpdlog-parser does not know a field", e);
    }
  }

  @Override
  public String text(CombinedField field) {
    String value = row.fields.get(field);
    return value == null ? "-" : value;
  }
}
