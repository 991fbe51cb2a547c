package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTest {
  private final Token token =
      new Token(Token.SHARD_ITERATOR, "stream", 12, "shardId-000000000001", 34, 56, "");

  @Test
  void comesBackFromItsText() {
    assertThat(Token.decode(Token.SHARD_ITERATOR, token.encode())).contains(token);
  }

  @Test
  void isNoTokenOfAnotherKind() {
    assertThat(Token.decode(Token.SHARD_PAGE, token.encode())).isEmpty();
    assertThat(Token.decode(Token.SHARD_ITERATOR, "nonsense")).isEmpty();
    assertThat(Token.decode(Token.SHARD_ITERATOR, "aXRlcmF0b3J8YQ==")).isEmpty();
  }

  @Test
  void livesFiveMinutes() {
    assertThat(token.isExpired(56 + 300_000)).isFalse();
    assertThat(token.isExpired(56 + 300_001)).isTrue();
  }
}
