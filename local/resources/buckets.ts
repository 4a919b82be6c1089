import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Deployment } from "../templates/resolved-templates.ts";

/** Creates the buckets. */
export async function createBuckets(deployment: Deployment, client: S3Client): Promise<void> {
  for (const { ref } of deployment.ofType("AWS::S3::Bucket")) {
    await client.send(new CreateBucketCommand({ Bucket: ref }));
  }
}
