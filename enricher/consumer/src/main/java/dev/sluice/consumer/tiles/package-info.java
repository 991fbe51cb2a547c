/**
 * Exactly once into S3, without a word of KCL. A shard is written as a chain of tiles: each tile
 * names the position it continues from, and no two objects can continue from the same one, because
 * each is written with {@code If-None-Match: *}. Whoever loses such a race adopts the winner's tile
 * and goes on behind it.
 *
 * <p>Read in this order: {@link dev.sluice.consumer.tiles.ShardTiles}, {@link
 * dev.sluice.consumer.tiles.TileCommit}, {@link dev.sluice.consumer.tiles.ShardRun}.
 */
package dev.sluice.consumer.tiles;
