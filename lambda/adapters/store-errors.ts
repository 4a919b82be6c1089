import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
} from "@aws-sdk/client-dynamodb";

/** Whether the store says that it will never take this item: sending it again is pointless. */
export const isItemRefused = (error: unknown): boolean =>
  error instanceof DynamoDBServiceException && error.name === "ValidationException";

/** Whether a write was skipped because its condition did not hold. */
export const isConditionFailure = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException;
