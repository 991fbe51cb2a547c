package dev.sluice.firehose.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class BatchSenderTest {
  private static final int AMPLE_MILLIS = 60_000;

  private final List<Duration> pauses = new ArrayList<>();
  private final BatchSender sender =
      new BatchSender(RetryPolicy.attempts(4), pauses::add, new Random(1));

  /** Takes texts of up to five characters, three in a call and ten characters altogether. */
  private static class Service implements BatchService<String> {
    final List<List<String>> calls = new ArrayList<>();

    @Override
    public BatchLimits limits() {
      return new BatchLimits(3, 10, 5);
    }

    @Override
    public int bytes(String entry) {
      return entry.length();
    }

    @Override
    public BitSet refused(List<String> entries) {
      calls.add(List.copyOf(entries));
      return refusedIn(calls.size(), entries);
    }

    BitSet refusedIn(int call, List<String> entries) {
      return new BitSet();
    }
  }

  private static BitSet bits(int... indexes) {
    var bits = new BitSet();
    for (int index : indexes) {
      bits.set(index);
    }
    return bits;
  }

  @Test
  void fillsCallsWithinTheLimitsAndLeavesWhatNoneTakes() {
    var service = new Service();
    BitSet taken =
        sender.send(
            List.of("aaaaa", "bbbbb", "c", "toolong", "d", "e", "f"), service, () -> AMPLE_MILLIS);
    assertThat(service.calls)
        .containsExactly(List.of("aaaaa", "bbbbb"), List.of("c", "d", "e"), List.of("f"));
    assertThat(taken).isEqualTo(bits(0, 1, 2, 4, 5, 6));
    assertThat(pauses).isEmpty();
  }

  @Test
  void sendsOnlyWhatWasRefusedAgain() {
    var service =
        new Service() {
          @Override
          BitSet refusedIn(int call, List<String> entries) {
            return call == 1 ? bits(0, 2) : call == 2 ? bits(1) : bits();
          }
        };
    BitSet taken = sender.send(List.of("a", "b", "c"), service, () -> AMPLE_MILLIS);
    assertThat(service.calls)
        .containsExactly(List.of("a", "b", "c"), List.of("a", "c"), List.of("c"));
    assertThat(taken).isEqualTo(bits(0, 1, 2));
    assertThat(pauses).hasSize(2).allMatch(pause -> pause.toMillis() <= 200);
  }

  @Test
  void givesUpAfterItsAttemptsAndThenOnEverythingElse() {
    var service =
        new Service() {
          @Override
          BitSet refusedIn(int call, List<String> entries) {
            return bits(0, 1, 2);
          }
        };
    assertThat(sender.send(List.of("a", "b", "c", "d"), service, () -> AMPLE_MILLIS).cardinality())
        .isZero();
    assertThat(service.calls).hasSize(4).containsOnly(List.of("a", "b", "c"));
  }

  @Test
  void aFewThatAreNeverTakenDoNotStopTheOthers() {
    var service =
        new Service() {
          @Override
          BitSet refusedIn(int call, List<String> entries) {
            int bad = entries.indexOf("bad");
            return bad < 0 ? bits() : bits(bad);
          }
        };
    BitSet taken = sender.send(List.of("a", "bad", "c", "d"), service, () -> AMPLE_MILLIS);
    assertThat(taken).isEqualTo(bits(0, 2, 3));
  }

  @Test
  void sendsAgainWhenTheServiceIsAwayAndStopsWhenItRefusesForGood() {
    SdkException broken =
        SdkClientException.builder().cause(new IOException("connection reset")).build();
    SdkException throttled = answer(400, "ProvisionedThroughputExceededException");
    SdkException serverError = answer(503, "ServiceUnavailableException");
    var brokenHead = new UncheckedIOException(new IOException("connection reset"));
    for (RuntimeException passing : List.of(broken, throttled, serverError, brokenHead)) {
      var service = failing(passing, 2);
      assertThat(sender.send(List.of("a"), service, () -> AMPLE_MILLIS)).isEqualTo(bits(0));
      assertThat(service.calls).hasSize(3);
    }
    SdkException denied = answer(400, "AccessDeniedException");
    SdkException noCredentials = SdkClientException.create("Unable to load credentials");
    SdkException untold = AwsServiceException.builder().statusCode(400).build();
    SdkException nameless = answer(400, null);
    for (SdkException lasting : List.of(denied, noCredentials, untold, nameless)) {
      var service = failing(lasting, 2);
      assertThat(sender.send(List.of("a"), service, () -> AMPLE_MILLIS).cardinality()).isZero();
      assertThat(service.calls).hasSize(1);
    }
  }

  @Test
  void stopsWhenTheTimeIsNeededForTheResponse() {
    var service = failing(answer(500, "InternalFailure"), 99);
    var left = new int[] {BatchSender.MARGIN_MILLIS + 1};
    assertThat(sender.send(List.of("a"), service, () -> left[0]--).cardinality()).isZero();
    assertThat(service.calls).hasSizeLessThanOrEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  private static Service failing(RuntimeException failure, int times) {
    return new Service() {
      @Override
      BitSet refusedIn(int call, List<String> entries) {
        if (call <= times) {
          throw failure;
        }
        return bits();
      }
    };
  }

  private static SdkException answer(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }
}
