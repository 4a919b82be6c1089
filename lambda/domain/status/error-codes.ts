import * as v from "valibot";
import codes from "./error-codes.json" with { type: "json" };

/** What a cause has in common with others: where the person on call has to look. */
export const CategorySchema = v.picklist([
  "requested",
  "configuration",
  "link",
  "service",
  "capacity",
  "other",
  "none-given",
]);
export type Category = v.InferOutput<typeof CategorySchema>;

const ErrorCodesSchema = v.record(
  v.string(),
  v.object({
    symbol: v.string(),
    text: v.optional(v.string()),
    category: v.optional(CategorySchema, "other"),
  }),
);
const errorCodes = new Map(Object.entries(v.parse(ErrorCodesSchema, codes)));

/** One row of the TERR table: its symbol, its text where the reference has one, its category. */
export type ErrorCode = { symbol: string; text?: string | undefined; category: Category };

/** Looks a T-Library error code up. Undefined: a later release added it. */
export const findErrorCode = (code: number): ErrorCode | undefined => errorCodes.get(String(code));
