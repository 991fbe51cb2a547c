package dev.sluice.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** A function that does what the event says: a word, and what belongs to it behind a blank. */
public final class ObedientHandler {

  private int invocations;

  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException, InterruptedException {
    invocations++;
    byte[] bytes = event.readAllBytes();
    String[] words = new String(bytes, UTF_8).split(" ", 2);
    switch (words[0]) {
      case "fail" -> throw new IllegalStateException(words[1]);
      case "exit" -> System.exit(Integer.parseInt(words[1]));
      case "hang" -> {
        System.out.println("hanging");
        new CountDownLatch(1).await();
      }
      case "big" -> response.write(new byte[Integer.parseInt(words[1])]);
      case "log" -> System.out.println(words[1]);
      case "count" -> answer(response, invocations);
      case "environment" -> answer(response, System.getenv(words[1]));
      case "property" -> answer(response, System.getProperty(words[1]));
      case "heap" -> answer(response, Runtime.getRuntime().maxMemory());
      case "remaining" -> answer(response, context.getRemainingTimeInMillis());
      case "request" -> answer(response, context.getAwsRequestId());
      case "arn" -> answer(response, context.getInvokedFunctionArn());
      default -> response.write(bytes);
    }
  }

  private static void answer(OutputStream response, Object value) throws IOException {
    response.write(String.valueOf(value).getBytes(UTF_8));
  }
}
