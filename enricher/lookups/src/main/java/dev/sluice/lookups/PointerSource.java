package dev.sluice.lookups;

import dev.sluice.enricher.steps.RejectMask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Asks a name server for names of addresses (records of type PTR), by the JDK's own DNS client, one
 * query in a call.
 *
 * @see <a href="https://docs.oracle.com/javase/8/docs/technotes/guides/jndi/jndi-dns.html">DNS
 *     Service Provider for JNDI</a>
 */
final class PointerSource implements KeySource {
  static final String NAME = "reverse_dns";

  private static final String RECORD = "PTR";
  private static final String CLIENT = "com.sun.jndi.dns.DnsContextFactory";

  /** The second try waits twice as long as the first: both together as long as the deadline. */
  private static final int TRIES = 2;

  private static final int FIRST_TRIES_IN_DEADLINE = 3;

  private final Hashtable<String, String> environment;
  private final int maxInFlight;
  private final RejectMask mask;
  private final BlockingQueue<DirContext> idle;
  private volatile boolean closed;

  /**
   * @param deadline longest time of a query
   * @param mask what names go through; used by this source only
   */
  PointerSource(ReverseDnsSettings settings, Duration deadline, RejectMask mask) {
    environment = environment(settings, deadline);
    maxInFlight = settings.maxInFlight();
    this.mask = mask;
    idle = new ArrayBlockingQueue<>(maxInFlight);
  }

  private static Hashtable<String, String> environment(
      ReverseDnsSettings settings, Duration deadline) {
    long firstTry = Math.max(1, deadline.toMillis() / FIRST_TRIES_IN_DEADLINE);
    var environment = new Hashtable<String, String>(); // JNDI wants nothing else
    environment.put(Context.INITIAL_CONTEXT_FACTORY, CLIENT);
    environment.put(
        Context.PROVIDER_URL, settings.server().map(server -> "dns://" + server).orElse("dns:"));
    environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(firstTry));
    environment.put("com.sun.jndi.dns.timeout.retries", Integer.toString(TRIES));
    return environment;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int maxKeysPerCall() {
    return 1;
  }

  @Override
  public int maxCallsInFlight() {
    return maxInFlight;
  }

  @Override
  public void ask(List<String> keys, Deadline deadline, BiConsumer<String, Answer> answers)
      throws SourceFailedException {
    for (String key : keys) {
      answers.accept(key, ask(key, answers));
    }
  }

  private Answer ask(String pointer, BiConsumer<String, Answer> answers)
      throws SourceFailedException {
    DirContext context = null;
    try {
      context = take();
      return answer(context.getAttributes(pointer, new String[] {RECORD}).get(RECORD));
    } catch (NameNotFoundException nobody) {
      return Answer.ABSENT;
    } catch (CommunicationException | OperationNotSupportedException trouble) {
      answers.accept(pointer, Answer.FAILED); // remembered, for it costs the deadline
      throw new SourceFailedException(reason(trouble), trouble);
    } catch (NamingException zoneInTrouble) {
      return Answer.FAILED; // the server is there; it could not find out
    } finally {
      giveBack(context);
    }
  }

  /** Without JNDI's own text, which ends with the name that was asked for. */
  private static String reason(NamingException trouble) {
    String cause = trouble.getCause() == null ? "" : ": " + trouble.getCause().getClass().getName();
    return trouble.getClass().getSimpleName() + cause;
  }

  /** A context of JNDI makes one query at a time. */
  private DirContext take() throws NamingException {
    DirContext context = idle.poll();
    return context != null ? context : new InitialDirContext(environment);
  }

  private void giveBack(DirContext context) {
    if (context != null && (closed || !idle.offer(context))) {
      close(context);
    }
  }

  /** Of several names always the same one: the first by its characters. */
  private Answer answer(Attribute pointers) throws NamingException {
    if (pointers == null) {
      return Answer.ABSENT;
    }
    var names = new TreeSet<String>();
    NamingEnumeration<?> told = pointers.getAll();
    while (told.hasMore()) {
      HostName.of(told.next().toString()).ifPresent(names::add);
    }
    return names.stream()
        .findFirst()
        .filter(this::mayBeShown)
        .map(name -> Answer.found(HostName.json(name)))
        .orElse(Answer.ABSENT);
  }

  /** A name that masking would change is left out. */
  private boolean mayBeShown(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    synchronized (mask) {
      return !mask.mask(text, 0, text.length);
    }
  }

  @Override
  public void close() {
    closed = true;
    Optional<DirContext> context;
    while ((context = Optional.ofNullable(idle.poll())).isPresent()) {
      close(context.get());
    }
  }

  private static void close(DirContext context) {
    try {
      context.close();
    } catch (NamingException ignored) {
      // a socket that cannot be closed is not used again either
    }
  }
}
