package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP in front of the operations: reads the body without blocking, picks the operation, answers in
 * the request's format.
 */
final class ApiHandler extends Handler.Abstract {
  /** Room for the largest PutRecords in base64 with its member names. */
  static final int REQUEST_BYTES_MAX = 16 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final String TARGET_PREFIX = "Kinesis_20131202.";

  private final Map<String, Operation> operations = new HashMap<>();
  private final SubscribeOperation subscribe;
  private final Faults faults;
  private final Executor executor;
  private final Scheduler timers;

  /**
   * @param executor runs calls that a fault has delayed
   */
  ApiHandler(
      StreamStore store,
      ConsumerDirectory consumers,
      SubscribeOperation subscribe,
      Faults faults,
      Executor executor,
      Scheduler timers) {
    this.subscribe = subscribe;
    this.faults = faults;
    this.executor = executor;
    this.timers = timers;
    operations.putAll(new StreamOperations(store).table());
    operations.putAll(new ShardOperations(store).table());
    operations.putAll(new ReshardOperations(store).table());
    operations.putAll(new PutOperations(store, faults).table());
    operations.putAll(new ReadOperations(store).table());
    operations.putAll(new ConsumerOperations(store, consumers).table());
    operations.putAll(new TagOperations(store).table());
  }

  @Override
  public boolean handle(Request request, Response response, Callback exchange) {
    WireFormat format = WireFormat.of(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    new BodyReader(
            request,
            REQUEST_BYTES_MAX,
            body -> later(() -> answer(request, body, format, response, exchange), exchange),
            () -> refuseBody(format, response, exchange))
        .run();
    return true;
  }

  private void later(Runnable call, Callback exchange) {
    Duration delay = faults.delay();
    if (delay.isZero()) {
      call.run();
    } else {
      timers.schedule(() -> run(call, exchange), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** In another thread than that of the timers, which must not write. */
  private void run(Runnable call, Callback exchange) {
    try {
      executor.execute(call);
    } catch (RejectedExecutionException closing) {
      exchange.failed(closing);
    }
  }

  private void answer(
      Request request, byte[] body, WireFormat format, Response response, Callback exchange) {
    Faults.Cut cut = faults.cut();
    if (cut == Faults.Cut.BEFORE) {
      reset(request, exchange);
      return;
    }
    try {
      String name = operationName(request);
      Optional<ServiceError> fault = faults.refusal(name);
      if (fault.isPresent()) {
        throw fault.get();
      }
      Input input = format.read(body);
      if (name.equals(SubscribeOperation.NAME)) {
        if (cut == Faults.Cut.AFTER) { // it has no end that an answer could come after
          reset(request, exchange);
          return;
        }
        subscribe.run(input, response, exchange);
        return;
      }
      Operation operation = operations.get(name);
      if (operation == null) {
        throw ServiceError.unknownOperation(
            "The local Kinesis server has no operation " + name + ".");
      }
      Answer answer = operation.run(input);
      if (cut == Faults.Cut.AFTER) {
        reset(request, exchange);
      } else {
        write(200, format, answer, response, exchange);
      }
    } catch (ServiceError error) {
      fail(error, format, response, exchange);
    } catch (RuntimeException bug) {
      LOG.warn("Kinesis request failed", bug);
      fail(
          ServiceError.internalFailure("The local Kinesis server failed: see its log."),
          format,
          response,
          exchange);
    }
  }

  /** Closes the connection without an answer, as a network does. */
  private static void reset(Request request, Callback exchange) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    exchange.succeeded(); // a failure would be logged, and answered if it could
  }

  private static String operationName(Request request) {
    String target = request.getHeaders().get("X-Amz-Target");
    if (!HttpMethod.POST.is(request.getMethod())
        || target == null
        || !target.startsWith(TARGET_PREFIX)) {
      throw ServiceError.unknownOperation(
          "Not a request of the Kinesis API: it is a POST with the header X-Amz-Target: "
              + TARGET_PREFIX
              + "<operation>.");
    }
    return target.substring(TARGET_PREFIX.length());
  }

  private static void refuseBody(WireFormat format, Response response, Callback exchange) {
    ServiceError error =
        ServiceError.tooLarge(
            "The request body can not be read, or has more than " + REQUEST_BYTES_MAX + " bytes.");
    fail(error, format, response, exchange);
  }

  private static void fail(
      ServiceError error, WireFormat format, Response response, Callback exchange) {
    response.getHeaders().put("x-amzn-ErrorType", error.type());
    Answer answer =
        out -> {
          out.text("__type", error.type());
          out.text("message", error.getMessage());
        };
    write(error.status(), format, answer, response, exchange);
  }

  private static void write(
      int status, WireFormat format, Answer answer, Response response, Callback exchange) {
    byte[] body = answer == Answer.EMPTY ? new byte[0] : format.write(answer);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), exchange);
  }
}
