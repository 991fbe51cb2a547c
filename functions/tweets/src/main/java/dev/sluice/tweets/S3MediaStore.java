package dev.sluice.tweets;

import dev.sluice.tweets.photo.FetchedPhoto;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Photos as objects {@code media/<tweet id>/<media id>.<extension>}. */
final class S3MediaStore implements MediaStore {
  private final S3Client client;
  private final String bucket;

  S3MediaStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public void put(String tweetId, String mediaId, FetchedPhoto photo) {
    client.putObject(
        put ->
            put.bucket(bucket)
                .key(folder(tweetId) + mediaId + "." + photo.type().extension())
                .contentType(photo.type().contentType()),
        RequestBody.fromBytes(photo.bytes()));
  }

  @Override
  public void removeAll(String tweetId) {
    for (S3Object object :
        client
            .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder(tweetId)))
            .contents()) {
      client.deleteObject(delete -> delete.bucket(bucket).key(object.key()));
    }
  }

  private static String folder(String tweetId) {
    return "media/" + tweetId + "/";
  }
}
