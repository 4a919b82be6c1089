import * as v from "valibot";
import { cursor, limit, text } from "./query-schemas.ts";

/** `GET /v1/alerts`. */
export const AlertsSchema = v.strictObject({
  status: v.optional(
    v.picklist(
      ["open", "acknowledged", "resolved"],
      "status must be open, acknowledged or resolved",
    ),
  ),
  server: v.optional(text("server", 128)),
  limit,
  cursor,
});

/** `GET /v1/alerts/{alertId}`. */
export const MembersSchema = v.strictObject({ limit, cursor });

/** `GET /v1/decisions`. */
export const DecisionsSchema = v.strictObject({
  thisDN: text("thisDN", 255),
  server: v.optional(text("server", 128)),
  limit,
  cursor,
});

const maxWindows = 100;

/** `GET /v1/maintenance-windows`. */
export const WindowsSchema = v.strictObject({
  limit: v.pipe(limit, v.maxValue(maxWindows, `limit must be at most ${maxWindows}`)),
  cursor,
});
