package dev.sluice.functions.fanout.sending;

import dev.sluice.invocation.TimeLeft;
import java.util.function.Supplier;

/** How a call to a service is made. */
public interface Calls {

  /**
   * Makes the call, once or more often.
   *
   * @param operation its name, for messages
   * @throws NotSentException when it has not succeeded
   */
  <T> T call(String operation, TimeLeft time, Supplier<T> call) throws NotSentException;
}
