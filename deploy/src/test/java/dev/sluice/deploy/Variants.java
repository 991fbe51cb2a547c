package dev.sluice.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deployments that tests look at: each stack with as little as it takes, and with all it offers.
 */
final class Variants {
  private static final Map<String, String> PACKAGE =
      Map.of("ArtifactBucket", "artifacts", "ArtifactKey", "sluice/package.zip");

  private static final Map<String, String> ENRICHER =
      Map.of(
          "DatabaseBucket", "databases",
          "CityDatabaseKey", "GeoLite2-City.mmdb",
          "AsnDatabaseKey", "GeoLite2-ASN.mmdb",
          "ReferenceTable", "customers",
          "ReferenceKey", "ip",
          "ReferenceAttributes", "tier,rank",
          "Anonymisation", "hmac",
          "AnonymisationKeyArn", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-a1b2c3",
          "FilterRules", "drop page=health");

  private static final Map<String, String> TASKS =
      Map.of("VpcId", "vpc-0a1b2c3d", "SubnetIds", "subnet-0a1b2c3d,subnet-1a2b3c4d");

  private static final Map<String, String> LAYERED =
      Map.of(
          "LayerArns",
          "arn:aws:lambda:eu-west-1:123456789012:layer:adot:1,arn:aws:lambda:eu-west-1:123456789012:layer:geoip:7");

  private Variants() {}

  static Map<String, List<Map<String, String>>> all() {
    var all = new LinkedHashMap<String, List<Map<String, String>>>();
    String image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/sluice-consumer:0.1.0";
    all.put(
        "sluice-pipeline",
        List.of(
            PACKAGE,
            with(PACKAGE, TASKS, Map.of("ConsumerImage", image)),
            with(
                PACKAGE,
                TASKS,
                ENRICHER,
                LAYERED,
                Map.of(
                    "ConsumerImage", image,
                    "RecordDelivery", "polling",
                    "Firehose", "direct-put",
                    "Reingest", "direct-put",
                    "Rejects", "dead-letter",
                    "Partitioning", "country-date",
                    "Tracing", "opentelemetry",
                    "SnapStart", "on",
                    "StreamMode", "ON_DEMAND")),
            with(PACKAGE, TASKS, Map.of("ConsumerImage", image, "Firehose", "off")),
            with(PACKAGE, Map.of("Reingest", "all", "ProvisionedConcurrency", "3"))));
    Map<String, String> upload = Map.of("UploadBucketName", "example-uploads");
    all.put(
        "sluice-files",
        List.of(
            with(PACKAGE, upload),
            with(
                PACKAGE,
                upload,
                TASKS,
                ENRICHER,
                LAYERED,
                Map.of(
                    "WebImage",
                        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sluice-web@sha256:"
                            + "0123456789abcdef".repeat(4),
                    "CertificateArn", "arn:aws:acm:eu-west-1:123456789012:certificate/c",
                    "LoadBalancerSubnetIds", "subnet-0a1b2c3d,subnet-1a2b3c4d",
                    "WebClientCidr", "10.0.0.0/8",
                    "NotificationEmail", "ops@example.com",
                    "Tracing", "opentelemetry",
                    "Timeout", "60",
                    "RetainData", "true"))));
    all.put(
        "sluice-tweets",
        List.of(PACKAGE, with(PACKAGE, Map.of("StreamName", "tweets", "SnapStart", "on"))));
    all.put(
        "sluice-registrations",
        List.of(
            PACKAGE,
            with(
                PACKAGE,
                LAYERED,
                Map.of(
                    "TrustStore", "/opt/rds/truststore.p12",
                    "Timeout", "30",
                    "ProvisionedConcurrency", "2",
                    "RetainData", "true"))));
    all.put(
        "sluice-windows",
        List.of(
            PACKAGE,
            with(
                PACKAGE,
                Map.of(
                    "SourceStreamArn",
                    "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
                    "KeyAttribute",
                    "OrderId"))));
    Map<String, String> stream =
        Map.of("StreamArn", "arn:aws:kinesis:eu-west-1:123456789012:stream/access-log");
    all.put(
        "sluice-fan-out",
        List.of(
            with(PACKAGE, stream),
            with(
                PACKAGE,
                stream,
                ENRICHER,
                LAYERED,
                Map.of(
                    "Throughput", "dedicated",
                    "SecondStreamName", "enriched-log",
                    "NotificationEmail", "ops@example.com",
                    "SnapStart", "on")),
            with(PACKAGE, stream, Map.of("WithEnrich", "off", "WithAlerts", "off"))));
    return all;
  }

  /** Each deployment of a template. */
  static List<Deployed> of(String name, com.fasterxml.jackson.databind.JsonNode template) {
    return all().get(name).stream().map(given -> new Deployed(template, given)).toList();
  }

  @SafeVarargs
  private static Map<String, String> with(Map<String, String>... parts) {
    var whole = new LinkedHashMap<String, String>();
    for (Map<String, String> part : parts) {
      whole.putAll(part);
    }
    return whole;
  }
}
