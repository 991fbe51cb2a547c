/**
 * A model of the consumer: the real tiles, checkpoints and processors in a world of one thread at a
 * time, where a seed decides what happens next. Start at {@link
 * dev.sluice.consumer.model.TileModelTest}.
 */
package dev.sluice.consumer.model;
