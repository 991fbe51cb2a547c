package dev.sluice.functions.fanout.sending;

import dev.sluice.invocation.TimeLeft;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A call that may be taken in part: what was refused goes again, and what was accepted never does.
 * A call without an answer goes again as a whole, so its entries may be there twice.
 */
public final class PartialCalls {
  /** An answer that says nothing of an entry: it goes again. */
  private static final String NO_ANSWER = "no answer for an entry";

  private final Attempts attempts;

  public PartialCalls(Attempts attempts) {
    this.attempts = attempts;
  }

  /**
   * Sends until all is taken.
   *
   * @param pending what is left of the call, in order; empty in the end, unless this throws
   * @param call answers for each entry why it was refused, null for what was taken
   * @throws NotSentException when some of it is left
   */
  public <T> void send(
      String operation, List<T> pending, Function<List<T>, List<String>> call, TimeLeft time)
      throws NotSentException {
    for (int attempt = 1; ; attempt++) {
      String why;
      RuntimeException failure = null;
      try {
        List<String> codes = call.apply(List.copyOf(pending));
        why = codes.stream().filter(Objects::nonNull).findFirst().orElse(NO_ANSWER);
        keepRefused(pending, codes);
      } catch (SdkException | UncheckedIOException e) {
        if (!Attempts.canHeal(e)) {
          throw new NotSentException(operation, e);
        }
        failure = e;
        why = "";
      }
      if (pending.isEmpty()) {
        return;
      }
      if (!attempts.again(attempt, time)) {
        throw failure == null
            ? new NotSentException(operation, pending.size() + " refused, " + why)
            : new NotSentException(operation, failure);
      }
    }
  }

  private static <T> void keepRefused(List<T> pending, List<String> codes) {
    var left = new ArrayList<T>();
    for (int i = 0; i < pending.size(); i++) {
      if (i >= codes.size() || codes.get(i) != null) {
        left.add(pending.get(i));
      }
    }
    pending.clear();
    pending.addAll(left);
  }
}
