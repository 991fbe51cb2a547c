package dev.sluice.firehose;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/** A process that starts as an execution environment does, and answers one event. */
final class ColdStart {
  private ColdStart() {}

  public static void main(String[] args) throws IOException {
    Context context =
        (Context)
            Proxy.newProxyInstance(
                ColdStart.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> {
                  if (method.getReturnType() == int.class) {
                    return 60_000;
                  }
                  return method.getReturnType() == String.class ? "request" : null;
                });
    String event = new EventText().line(Lines.GOOD).json();
    new FirehoseTransformHandler()
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), System.out, context);
  }
}
