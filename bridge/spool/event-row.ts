import * as v from "valibot";
import type { SourceEvent } from "../source-event.ts";

const RowSchema = v.object({
  seq: v.number(),
  text: v.string(),
  place: v.string(),
  form: v.picklist(["json", "cloudevents", "heartbeat"]),
  server_name: v.nullable(v.string()),
  session: v.nullable(v.string()),
  registered: v.nullable(v.string()),
  closing: v.nullable(v.string()),
  followed: v.nullable(v.string()),
});

/** An event in the spool; a higher `seq` was read later. */
export type SpooledEvent = SourceEvent & {
  readonly seq: number;
  /** The followed file that it was read from. */
  readonly followed?: string;
};

/** How an event is put into the spool, with the followed file that it was read from. */
export const insertEvent = `INSERT INTO events
  (text, place, form, server_name, session, registered, closing, followed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** The values of `insertEvent`. */
export const toRow = (event: SourceEvent, followed: string | undefined) => {
  const { text, where, form, serverName, session, registered, closing } = event;
  const optional = [serverName, session, registered, closing, followed];
  return [text, where, form, ...optional.map((value) => value ?? null)];
};

/** Reads an event back from its row. */
export const fromRow = (row: unknown): SpooledEvent => {
  const { seq, text, place, form, ...optional } = v.parse(RowSchema, row);
  const { server_name: serverName, session, registered, closing, followed } = optional;
  return {
    seq,
    text,
    where: place,
    form,
    ...(serverName !== null && { serverName }),
    ...(session !== null && { session }),
    ...(registered !== null && { registered }),
    ...(closing !== null && { closing }),
    ...(followed !== null && { followed }),
  };
};
