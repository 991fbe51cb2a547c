package dev.sluice.producers.command;

import dev.sluice.producers.ReplayOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500/s}, {@code 0.5/s}, or a plain number, as lines per second. */
final class RateConverter implements ITypeConverter<Double> {
  private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?:/s)?");

  @Override
  public Double convert(String value) {
    Matcher rate = RATE.matcher(value);
    double linesPerSecond = rate.matches() ? Double.parseDouble(rate.group(1)) : 0;
    if (linesPerSecond <= 0 || linesPerSecond > ReplayOptions.MAX_LINES_PER_SECOND) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is not a rate such as 500/s, above 0 and at most "
              + ReplayOptions.MAX_LINES_PER_SECOND
              + "/s");
    }
    return linesPerSecond;
  }
}
