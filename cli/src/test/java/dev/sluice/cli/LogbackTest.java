package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the shipped logback.xml into a context of its own. */
class LogbackTest {

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void read() throws JoranException {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogbackTest.class.getResource("/logback.xml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "software.amazon.kinesis.retrieval.AggregatorUtil",
        "software.amazon.kinesis.lifecycle.ProcessTask"
      })
  void theLoggersThatWriteRecordDataAreOff(String name) throws ClassNotFoundException {
    assertThat(Class.forName(name)).as("the class still exists").isNotNull();
    assertThat(context.getLogger(name).getEffectiveLevel()).isEqualTo(Level.OFF);
  }

  @Test
  void talkGoesToStandardError() {
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertThat(root.iteratorForAppenders())
        .toIterable()
        .allSatisfy(
            appender ->
                assertThat(((ConsoleAppender<ILoggingEvent>) appender).getTarget())
                    .isEqualTo("System.err"));
  }
}
