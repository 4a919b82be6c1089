import type { DynamoDBRecord, StreamRecord } from "aws-lambda";
import { toStatusItem } from "../../lambda/adapters/status-item.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";

type Image = NonNullable<StreamRecord["NewImage"]>;

const toImage = (status: RegistrationStatus): Image => {
  const image: Image = JSON.parse(JSON.stringify(toStatusItem(status)));
  return image;
};

/** A record of the status table's stream as Lambda hands it over. */
export const streamRecord = (
  sequenceNumber: string,
  after: RegistrationStatus,
  before?: RegistrationStatus,
): DynamoDBRecord => ({
  eventID: `event-${sequenceNumber}`,
  eventName: before === undefined ? "INSERT" : "MODIFY",
  eventVersion: "1.1",
  eventSource: "aws:dynamodb",
  awsRegion: "us-east-1",
  dynamodb: {
    Keys: { ThisDN: { S: after.thisDN }, server: { S: after.server } },
    NewImage: toImage(after),
    ...(before === undefined ? {} : { OldImage: toImage(before) }),
    SequenceNumber: sequenceNumber,
    SizeBytes: 1000,
    StreamViewType: "NEW_AND_OLD_IMAGES",
  },
  eventSourceARN: "arn:aws:dynamodb:us-east-1:000000000000:table/status/stream/1",
});
