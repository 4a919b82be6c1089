import { Duration, Validations } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * Keeps the stream batches that fanout failed on, with their records. A queue or a topic would get only their positions
 * in the stream, which are worthless once the stream has dropped the records after 24 hours.
 */
export class FailedStreamBatches extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [
        { expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: removalPolicyOf(settings),
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Only Lambda writes to it and only the redrive command reads it; CloudTrail records both.",
    });
  }
}
