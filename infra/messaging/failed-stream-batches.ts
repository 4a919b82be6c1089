import { Duration, Stack, Validations } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/** The name under which the data stack exports the bucket's ARN. It is plain text because an acknowledged finding repeats it. */
export const failedStreamBatchesExport = (settings: Settings): string =>
  resourceName(settings, "failed-stream-batches");

/**
 * Keeps the stream batches that fanout failed on, with their records. A queue or a topic would get only their positions
 * in the stream, which are worthless once the stream has dropped the records after 24 hours.
 */
export class FailedStreamBatches extends Construct {
  readonly bucket: Bucket;
  /** The bucket's ARN as the service stack imports it. */
  readonly importedArn: string;

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
    this.importedArn = Stack.of(this).exportValue(this.bucket.bucketArn, {
      name: failedStreamBatchesExport(settings),
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Only Lambda writes to it and only the redrive command reads it; CloudTrail records both.",
    });
  }
}
