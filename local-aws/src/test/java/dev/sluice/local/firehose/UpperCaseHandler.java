package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transformation without libraries, to be packaged: text in upper case; a batch with "huge" in it
 * is answered beyond the size that Lambda takes.
 */
public final class UpperCaseHandler {

  private static final Pattern RECORD =
      Pattern.compile("\"recordId\":\"([^\"]*)\".*?\"data\":\"([^\"]*)\"");

  public void handleRequest(InputStream event, OutputStream response) throws IOException {
    Matcher records = RECORD.matcher(new String(event.readAllBytes(), UTF_8));
    var answer = new StringBuilder("{\"records\":[");
    String separator = "";
    while (records.find()) {
      String text = new String(Base64.getDecoder().decode(records.group(2)), UTF_8);
      String upper = text.equals("huge") ? "x".repeat(6 << 20) : text.toUpperCase(Locale.ROOT);
      answer
          .append(separator)
          .append("{\"recordId\":\"")
          .append(records.group(1))
          .append("\",\"result\":\"Ok\",\"data\":\"")
          .append(Base64.getEncoder().encodeToString(upper.getBytes(UTF_8)))
          .append("\"}");
      separator = ",";
    }
    response.write(answer.append("]}").toString().getBytes(UTF_8));
  }
}
