import type { DynamoDBRecord, StreamRecord } from "aws-lambda";
import { toAlertItem } from "../../lambda/adapters/alert-item.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";

type Image = NonNullable<StreamRecord["NewImage"]>;

/** A record of the alerts table's stream as Lambda delivers it. */
export const alertStreamRecord = (sequenceNumber: string, alert: Alert): DynamoDBRecord => {
  const NewImage: Image = JSON.parse(JSON.stringify(toAlertItem(alert, 400)));
  return {
    eventID: `event-${sequenceNumber}`,
    eventName: alert.revision === 1 ? "INSERT" : "MODIFY",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    dynamodb: {
      NewImage,
      SequenceNumber: sequenceNumber,
      SizeBytes: 1000,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
    eventSourceARN: "arn:aws:dynamodb:us-east-1:000000000000:table/alerts/stream/1",
  };
};
