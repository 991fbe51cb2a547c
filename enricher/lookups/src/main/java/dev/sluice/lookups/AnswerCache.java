package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Remembers answers, each for a time that depends on what it is. Thread-safe. */
final class AnswerCache {
  private final Cache<String, Answer> answers;

  /**
   * @param failedTtl how long it is remembered that the source could not say
   */
  AnswerCache(CacheSettings settings, Duration failedTtl, Ticker ticker) {
    answers =
        Caffeine.newBuilder()
            .maximumSize(settings.entries())
            .expireAfter(
                Expiry.<String, Answer>writing(
                    (key, answer) -> timeToLive(answer, settings, failedTtl)))
            .ticker(ticker)
            .executor(Runnable::run) // no thread of its own
            .build();
  }

  private static Duration timeToLive(Answer answer, CacheSettings settings, Duration failedTtl) {
    return switch (answer.state()) {
      case FOUND -> settings.foundTtl();
      case ABSENT -> settings.absentTtl();
      case FAILED, LATE, NOT_ASKED -> failedTtl;
    };
  }

  /** The answer, or null. */
  Answer get(String key) {
    return answers.getIfPresent(key);
  }

  void put(String key, Answer answer) {
    answers.put(key, answer);
  }
}
