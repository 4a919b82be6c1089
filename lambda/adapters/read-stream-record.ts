import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import type { StatusWrite } from "../domain/telling/fan-out.ts";
import { fromStatusItem } from "./status-item.ts";

/** A stream record as Lambda hands it over, as far as we look at it. */
type StreamRecord = {
  dynamodb?: { OldImage?: object | undefined; NewImage?: object | undefined } | undefined;
};

const ImageSchema = v.record(
  v.string(),
  v.custom<AttributeValue>((value) => typeof value === "object" && value !== null),
);
const toStatus = (image: object) => fromStatusItem(v.parse(ImageSchema, image));

/** Reads the two images of a stream record; throws when the new one is missing or either is no status of ours. */
export const readStreamRecord = ({ dynamodb }: StreamRecord): StatusWrite => {
  const { OldImage, NewImage = {} } = dynamodb ?? {};
  return { before: OldImage && toStatus(OldImage), after: toStatus(NewImage) };
};
