package dev.sluice.deploy;

import java.util.List;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;

/** Buckets: encrypted, closed to the public, spoken to by TLS alone. */
final class Buckets {
  /** Parts of uploads that broke off cost storage until they are removed. */
  private static final int DAYS_FOR_UPLOADS = 1;

  private static final int DAYS_OF_OLD_VERSIONS = 30;

  private Buckets() {}

  /** A bucket for data, with its policy; {@code RetainData} says whether it outlives the stack. */
  static CfnBucket.Builder builder(SluiceStack stack, String id, boolean versions) {
    var removal =
        CfnBucket.RuleProperty.builder()
            .id("remove-what-nobody-needs")
            .status("Enabled")
            .abortIncompleteMultipartUpload(
                CfnBucket.AbortIncompleteMultipartUploadProperty.builder()
                    .daysAfterInitiation(DAYS_FOR_UPLOADS)
                    .build());
    if (versions) {
      removal.noncurrentVersionExpiration(
          CfnBucket.NoncurrentVersionExpirationProperty.builder()
              .noncurrentDays(DAYS_OF_OLD_VERSIONS)
              .build());
    }
    var builder =
        CfnBucket.Builder.create(stack, id)
            .bucketEncryption(
                CfnBucket.BucketEncryptionProperty.builder()
                    .serverSideEncryptionConfiguration(
                        List.of(
                            CfnBucket.ServerSideEncryptionRuleProperty.builder()
                                .serverSideEncryptionByDefault(
                                    CfnBucket.ServerSideEncryptionByDefaultProperty.builder()
                                        .sseAlgorithm("AES256")
                                        .build())
                                .build()))
                    .build())
            .publicAccessBlockConfiguration(
                CfnBucket.PublicAccessBlockConfigurationProperty.builder()
                    .blockPublicAcls(true)
                    .blockPublicPolicy(true)
                    .ignorePublicAcls(true)
                    .restrictPublicBuckets(true)
                    .build())
            .ownershipControls(
                CfnBucket.OwnershipControlsProperty.builder()
                    .rules(
                        List.of(
                            CfnBucket.OwnershipControlsRuleProperty.builder()
                                .objectOwnership("BucketOwnerEnforced")
                                .build()))
                    .build())
            .lifecycleConfiguration(
                CfnBucket.LifecycleConfigurationProperty.builder()
                    .rules(List.of(removal.build()))
                    .build());
    if (versions) {
      builder.versioningConfiguration(
          CfnBucket.VersioningConfigurationProperty.builder().status("Enabled").build());
    }
    return builder;
  }

  static CfnBucket of(SluiceStack stack, String id, boolean versions) {
    return finish(stack, id, builder(stack, id, versions).build());
  }

  static CfnBucket finish(SluiceStack stack, String id, CfnBucket bucket) {
    stack.keepData(bucket, "Retain");
    policy(stack, id, bucket);
    return bucket;
  }

  static CfnBucket onlyIf(SluiceStack stack, String id, CfnCondition condition) {
    CfnBucket bucket = builder(stack, id, false).build();
    bucket.getCfnOptions().setCondition(condition);
    stack.keepData(bucket, "Retain");
    policy(stack, id, bucket).getCfnOptions().setCondition(condition);
    return bucket;
  }

  private static CfnBucketPolicy policy(SluiceStack stack, String id, CfnBucket bucket) {
    List<Statement> statements =
        List.of(
            Statement.refuseWithoutTls("s3:*", bucket.getAttrArn(), SluiceStack.under(bucket, "/*"))
                .because("It refuses."));
    CfnBucketPolicy policy =
        CfnBucketPolicy.Builder.create(stack, id + "Policy")
            .bucket(bucket.getRef())
            .policyDocument(Statement.document(statements))
            .build();
    SluiceStack.giveReasons(policy, statements);
    return policy;
  }
}
