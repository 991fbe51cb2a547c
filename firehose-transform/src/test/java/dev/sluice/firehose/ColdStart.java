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
                (proxy, method, arguments) ->
                    method.getReturnType() == int.class ? (Object) 60_000 : "request");
    String event = new EventText().line(Lines.GOOD).json();
    new FirehoseTransformHandler()
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), System.out, context);
  }
}
