import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createGetRecords, type GetRecords } from "./get-records.ts";

/** The addresses of the emulators. */
export type Endpoints = {
  readonly dynamodb: string;
  readonly dynamodbStreams: string;
  readonly sns: string;
  readonly sqs: string;
  readonly s3: string;
  readonly secretsManager: string;
  readonly lambda: string;
};
/** Clients of the emulators. */
export type LocalClients = {
  readonly dynamodb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly getRecords: GetRecords;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
};
/** The credentials of clients of emulators that take any. DynamoDB's may keep tables apart by the access key id. */
export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" } as const;

/** Makes the clients that the local stack itself uses. */
export const createLocalClients = (endpoints: Endpoints, region: string): LocalClients => {
  const shared = { region, credentials: localCredentials };
  return {
    dynamodb: new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb }),
    streams: new DynamoDBStreamsClient({ ...shared, endpoint: endpoints.dynamodbStreams }),
    getRecords: createGetRecords(endpoints.dynamodbStreams, region, localCredentials.accessKeyId),
    sns: new SNSClient({ ...shared, endpoint: endpoints.sns }),
    sqs: new SQSClient({ ...shared, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false }),
    s3: new S3Client({ ...shared, endpoint: endpoints.s3, forcePathStyle: true }),
  };
};
