import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const dynamo = new DynamoDBClient();
const secrets = new SecretsManagerClient();
const queue = new SQSClient({ useQueueUrlAsEndpoint: false });

const calls = {
  dynamodb: () => dynamo.send(new GetItemCommand({ TableName: "status", Key: {} })),
  secretsmanager: () => secrets.send(new GetSecretValueCommand({ SecretId: "keys" })),
  sqs: () => queue.send(new SendMessageCommand({ QueueUrl: "https://sqs/q", MessageBody: "m" })),
};

/** A function that calls a service which answers with an error: what does a bundle know of it? */
export const handler = async (service: keyof typeof calls): Promise<object> => {
  try {
    return await calls[service]();
  } catch (error) {
    if (!(error instanceof Error)) return {};
    return {
      ...error,
      name: error.name,
      message: error.message,
      isDynamo: error instanceof DynamoDBServiceException,
      isCondition: error instanceof ConditionalCheckFailedException,
    };
  }
};
