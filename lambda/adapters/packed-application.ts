import * as v from "valibot";
import { type Mark, MarkSchema } from "../domain/status/mark.ts";
import type { Marks } from "../domain/status/merge.ts";
import { type Application, ApplicationSchema } from "../domain/status/registration-status.ts";

type Names = Readonly<Record<string, string>>;

// An item should stay within one write unit of 1,024 bytes, and two applications repeat a name up to eight times.
const storedNames = {
  time: "at",
  sequenceNumber: "seq",
  referenceID: "ref",
  addressType: "type",
  agentID: "agent",
  customerID: "cust",
  errorCode: "code",
  errorMessage: "text",
  session: "sess",
  derived: "from",
  coarse: "mix",
  statusSince: "since",
} satisfies Record<Exclude<keyof Mark | keyof Application, keyof Marks | "id" | "stale">, string>;
const fullNames: Names = Object.fromEntries(
  Object.entries(storedNames).map(([full, stored]) => [stored, full]),
);
const typePrefix = "AddressType";

const rename = (members: object, names: Names): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [names[name] ?? name, value]));

// Older items have the full names, so these are read too.
const RenamedSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((members) => rename(members, fullNames)),
);

const packType = (type: string | undefined) => type?.replace(typePrefix, "");
const unpackType = (type: string): string => typePrefix + type.replace(typePrefix, "");

const PackedMarkSchema = v.optional(
  v.pipe(
    RenamedSchema,
    v.object({
      ...MarkSchema.entries,
      addressType: v.optional(v.pipe(v.string(), v.transform(unpackType))),
    }),
  ),
);

const packMark = (mark: Mark | undefined) =>
  mark && rename({ ...mark, addressType: packType(mark.addressType) }, storedNames);

/** Reads back what `packApplication` wrote. */
export const PackedApplicationSchema = v.pipe(
  RenamedSchema,
  v.object({
    ...ApplicationSchema.entries,
    registered: PackedMarkSchema,
    unregistered: PackedMarkSchema,
    lost: PackedMarkSchema,
    missed: PackedMarkSchema,
    retired: PackedMarkSchema,
  }),
  v.transform(
    (packed): Application => ({ ...packed, unregistered: packed.unregistered ?? packed.lost }),
  ),
);

// Ends of different precision count for each kind of end by itself.
const isSame = (a: Mark | undefined, b: Mark | undefined): boolean =>
  a?.id === b?.id && a?.coarse === b?.coarse;

/**
 * Writes an application in few bytes. Its newest unregistration is usually the loss itself, which is stored only once.
 */
export const packApplication = (application: Application): Record<string, unknown> => {
  const { registered, unregistered, lost, missed, retired, ...rest } = application;
  return {
    ...rename(rest, storedNames),
    registered: packMark(registered),
    unregistered: isSame(unregistered, lost) ? undefined : packMark(unregistered),
    lost: packMark(lost),
    missed: packMark(missed),
    retired: packMark(retired),
  };
};
