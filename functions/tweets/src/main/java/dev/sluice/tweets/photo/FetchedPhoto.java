package dev.sluice.tweets.photo;

/**
 * A photo as its server has sent it.
 *
 * @param bytes not copied
 */
public record FetchedPhoto(ImageType type, byte[] bytes) {}
