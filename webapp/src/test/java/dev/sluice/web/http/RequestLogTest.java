package dev.sluice.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A line for each request, without anything personal. */
class RequestLogTest {

  @Test
  void saysMethodRouteStatusAndTimeAndNothingElse() {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.sluice.web.requests");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
    WebStack stack = WebStack.create();
    try (WebApplication pages = stack.serve()) {
      var visitor = new Visitor(pages.url());
      visitor.put("secret name.log", new byte[1]);
      visitor.get("/api/file?name=secret%20name.log");
      visitor.get("/secret/path");
      visitor.get("/health");
      Awaitility.await().until(() -> lines.list.size() == 4);
    } finally {
      logger.detachAppender(lines);
      stack.clients().close();
    }
    List<String> texts = lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(texts).noneMatch(text -> text.contains("secret"));
    assertThat(texts.get(1)).matches("PUT /api/upload 201 \\d+ ms");
    assertThat(texts.get(2)).matches("GET /api/file 404 \\d+ ms");
    assertThat(texts.get(3)).matches("GET none 404 \\d+ ms");
    assertThat(lines.list.get(1).getKeyValuePairs().toString())
        .contains("event_type=\"web_request\"", "route=\"/api/upload\"", "status=\"201\"")
        .doesNotContain("secret", "127.0.0.1");
  }
}
