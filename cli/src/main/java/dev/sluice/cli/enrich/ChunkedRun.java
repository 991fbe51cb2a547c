package dev.sluice.cli.enrich;

import dev.sluice.cli.CannotRunException;
import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One thread reads and splits, several enrich, the calling thread writes. The chunks go round: the
 * reader waits for a free one, so their number bounds the memory; the writer takes them in the
 * order in which they were read, so the output does not depend on the number of threads.
 */
final class ChunkedRun implements EnrichRun {
  /** Usual bytes of a chunk: large enough that handing it on costs nothing, small for a cache. */
  private static final int CHUNK_BYTES = 1024 * 1024;

  /** Bound of the input in all chunks together, unless a single line may be longer. */
  private static final int MAX_BYTES_IN_FLIGHT = 16 * 1024 * 1024;

  private static final int MIN_CHUNK_BYTES = 16 * 1024;

  /** Time for workers to finish the chunk they are at when the run is given up. */
  private static final int STOP_SECONDS = 30;

  private static final Future<Chunk> END = CompletableFuture.completedFuture(null);

  private final Supplier<LineOutcomes> newOutcomes;
  private final int threads;
  private final int maxLineBytes;
  private final int chunkBytes;
  private final int maxChunks;
  private final BlockingQueue<Chunk> free;
  private final BlockingQueue<Future<Chunk>> ordered;
  private final ConcurrentLinkedQueue<LineOutcomes> idle = new ConcurrentLinkedQueue<>();
  private int chunks; // made so far; only the reader counts

  /**
   * @param newOutcomes makes what one thread needs
   * @param threads that enrich
   */
  ChunkedRun(Supplier<LineOutcomes> newOutcomes, int threads, int maxLineBytes) {
    this(newOutcomes, threads, maxLineBytes, chunkBytes(threads, maxLineBytes));
  }

  /** The same with chunks of another size, more than {@code maxLineBytes}. */
  ChunkedRun(Supplier<LineOutcomes> newOutcomes, int threads, int maxLineBytes, int chunkBytes) {
    this.newOutcomes = newOutcomes;
    this.threads = threads;
    this.maxLineBytes = maxLineBytes;
    this.chunkBytes = chunkBytes;
    maxChunks = maxChunks(threads);
    free = new ArrayBlockingQueue<>(maxChunks);
    ordered = new ArrayBlockingQueue<>(maxChunks + 1);
  }

  /** For each thread one at work and one waiting; one being read, one being written. */
  private static int maxChunks(int threads) {
    return 2 * threads + 2;
  }

  private static int chunkBytes(int threads, int maxLineBytes) {
    int share = Math.max(MIN_CHUNK_BYTES, MAX_BYTES_IN_FLIGHT / maxChunks(threads));
    return Math.max(maxLineBytes + 1, Math.min(CHUNK_BYTES, share));
  }

  @Override
  public void run(List<InputFile> inputs, Delivery delivery) {
    ExecutorService workers =
        Executors.newFixedThreadPool(threads, task -> daemon(task, "enrich-worker"));
    Thread reader = daemon(() -> read(inputs, workers), "enrich-reader");
    reader.start();
    try {
      Future<Chunk> next = ordered.take();
      while (next != END) {
        Chunk chunk = next.get();
        deliver(chunk, delivery);
        free.put(chunk);
        next = ordered.take();
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException("enriching failed", broken.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRunException("interrupted", interrupted);
    } finally {
      reader.interrupt();
      stop(workers);
    }
  }

  private static void deliver(Chunk chunk, Delivery delivery) {
    delivery.json(chunk.json());
    delivery.rejects(chunk.rejects());
    delivery.counts().add(chunk.counts().build());
    delivery.delivered(chunk.lines());
    if (chunk.failure() != null) {
      long lastLine = chunk.firstLine() + chunk.lines() - 1;
      delivery.unreadable(chunk.input(), lastLine, chunk.failure());
    }
    delivery.progress(chunk.inputBytesRead(), chunk.inputSize());
  }

  private void read(List<InputFile> inputs, ExecutorService workers) {
    try {
      for (InputFile input : inputs) {
        read(input, workers);
      }
      ordered.put(END);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error broken) {
      ordered.offer(CompletableFuture.failedFuture(broken)); // full only when given up
    }
  }

  private void read(InputFile input, ExecutorService workers) throws InterruptedException {
    try (ReplayInput opened = input.open()) {
      var reader = new ChunkReader(input, opened, maxLineBytes, chunkBytes);
      Chunk chunk = freeChunk();
      while (reader.next(chunk)) {
        Chunk filled = chunk;
        ordered.put(workers.submit(() -> enrich(filled)));
        chunk = freeChunk();
      }
      free.put(chunk);
    } catch (IOException e) {
      Chunk nothing = freeChunk();
      nothing.begin(input, 1);
      nothing.failure(e);
      ordered.put(CompletableFuture.completedFuture(nothing));
    }
  }

  private Chunk freeChunk() throws InterruptedException {
    Chunk chunk = free.poll();
    if (chunk != null) {
      return chunk;
    }
    if (chunks < maxChunks) {
      chunks++;
      return new Chunk(chunkBytes);
    }
    return free.take();
  }

  private Chunk enrich(Chunk chunk) {
    LineOutcomes outcomes = idle.poll();
    if (outcomes == null) {
      outcomes = newOutcomes.get();
    }
    outcomes.enrich(chunk);
    idle.add(outcomes);
    return chunk;
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Nobody may close the databases while a worker still reads in them. */
  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("workers did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
