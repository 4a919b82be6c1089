import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { AlertEventTypeSchema } from "../domain/alerting/alert.ts";
import type { TableWrite } from "../domain/message/table-write.ts";
import { fromAlertItem } from "./alert-item.ts";
import { fromStatusItem } from "./status-item.ts";
import { alertsTableKeys } from "./table-keys.ts";

/** A stream record as Lambda delivers it, as far as we use it. */
type StreamRecord = {
  dynamodb?: { OldImage?: object | undefined; NewImage?: object | undefined } | undefined;
};

const ImageSchema = v.record(
  v.string(),
  v.custom<AttributeValue>((value) => typeof value === "object" && value !== null),
);
const toImage = (image: object) => v.parse(ImageSchema, image);
const toStatus = (image: object) => fromStatusItem(toImage(image));

/**
 * Reads what was written from a record of the status table's or the alerts table's stream. Throws when it is neither a
 * status nor an alert, or is an alert that need not be published. The image says which of the two it is: a record may
 * arrive by another way than its stream.
 */
export const readStreamRecord = ({ dynamodb }: StreamRecord): TableWrite => {
  const { OldImage, NewImage = {} } = dynamodb ?? {};
  if (!(alertsTableKeys.sortKey in NewImage)) {
    return { kind: "status", before: OldImage && toStatus(OldImage), after: toStatus(NewImage) };
  }
  const alert = fromAlertItem(toImage(NewImage));
  return {
    kind: "alert",
    alert: { ...alert, notice: v.parse(AlertEventTypeSchema, alert.notice) },
  };
};
