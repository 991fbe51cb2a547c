package dev.sluice.local;

import java.util.HashMap;
import java.util.Map;

/**
 * Lets clients of the AWS SDK for Java that a program opens by itself find a stack in this process:
 * sets system properties, and puts back what was there when it is closed. One at a time, and not
 * while other tests of this process open clients.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>
 */
public final class SdkProperties implements AutoCloseable {
  private final Map<String, String> before = new HashMap<>();

  private SdkProperties() {}

  /** Sets the properties of region, credentials, and each service that a function calls. */
  public static SdkProperties pointAt(EmbeddedAws aws) {
    var properties = new SdkProperties();
    properties.set("aws.region", aws.region());
    properties.set("aws.accessKeyId", aws.accessKeyId());
    properties.set("aws.secretAccessKey", aws.secretAccessKey());
    properties.set("aws.endpointUrlKinesis", aws.kinesisEndpoint().toString());
    properties.set("aws.endpointUrlDynamoDb", aws.dynamoDbEndpoint().toString());
    properties.set("aws.endpointUrlS3", aws.s3Endpoint().toString());
    properties.set("aws.endpointUrlFirehose", aws.firehoseEndpoint().toString());
    properties.set("aws.endpointUrlSns", aws.sns().endpoint().toString());
    return properties;
  }

  private void set(String name, String value) {
    before.put(name, System.setProperty(name, value));
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }
}
