package dev.sluice.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Firehose transformation without libraries: each record with its text backwards. */
public final class ReversingHandler {

  private static final Pattern RECORD =
      Pattern.compile("\"recordId\":\"([^\"]*)\".*?\"data\":\"([^\"]*)\"");

  public void handleRequest(InputStream event, OutputStream response) throws IOException {
    Matcher records = RECORD.matcher(new String(event.readAllBytes(), UTF_8));
    var answer = new StringBuilder("{\"records\":[");
    String separator = "";
    while (records.find()) {
      String text = new String(Base64.getDecoder().decode(records.group(2)), UTF_8);
      byte[] reversed = new StringBuilder(text).reverse().toString().getBytes(UTF_8);
      answer
          .append(separator)
          .append("{\"recordId\":\"")
          .append(records.group(1))
          .append("\",\"result\":\"Ok\",\"data\":\"")
          .append(Base64.getEncoder().encodeToString(reversed))
          .append("\"}");
      separator = ",";
    }
    response.write(answer.append("]}").toString().getBytes(UTF_8));
  }
}
