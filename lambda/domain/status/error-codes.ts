import * as v from "valibot";
import codes from "./error-codes.json" with { type: "json" };

/** Kinds of causes: each shows the person on call where to look. */
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

/** One row of the TERR table: symbol, text where the reference has one, category. */
export type ErrorCode = { symbol: string; text?: string | undefined; category: Category };

/** Looks up a T-Library error code. Undefined: the code is unknown here; a later release may have added it. */
export const findErrorCode = (code: number): ErrorCode | undefined => errorCodes.get(String(code));
