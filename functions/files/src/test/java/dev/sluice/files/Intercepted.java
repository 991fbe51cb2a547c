package dev.sluice.files;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** A client whose calls somebody looks at before they are made. */
final class Intercepted {
  /** Called before each call, and may throw instead of it. */
  interface Before {
    void call(String operation, Object[] arguments);
  }

  private Intercepted() {}

  /**
   * The same client, watched.
   *
   * @param type its interface
   */
  static <T> T client(Class<T> type, T client, Before before) {
    return client(type, client, before, UnaryOperator.identity());
  }

  /**
   * The same client, with answers that are changed.
   *
   * @param after is given each answer
   */
  static <T> T client(Class<T> type, T client, Before before, UnaryOperator<Object> after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              before.call(method.getName(), arguments);
              try {
                return after.apply(method.invoke(client, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
