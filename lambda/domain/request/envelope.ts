import * as v from "valibot";
import { checkClock } from "../event/clock-check.ts";
import { type GivenServerName, isServerName } from "../event/server-name.ts";
import { readNumber } from "../event/value-schemas.ts";
import { explainFarTime } from "../time-problem.ts";
import { anyTime } from "../time-schema.ts";

const maxRegistered = 100_000_000;

const idRule = "must be a string of 1 to 128 characters without control characters";
const countRule = "must be a number of DNs";
const SessionSchema = v.object(
  {
    id: v.custom<string>((id) => isServerName(id) && id !== "", idRule),
    startedAt: anyTime,
  },
  "must be an object with id and startedAt",
);

const absentOr = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (value === null || value === "" ? undefined : value)),
    v.optional(schema),
  );

const MembersSchema = v.object({
  session: absentOr(SessionSchema),
  registered: absentOr(
    v.pipe(
      v.unknown(),
      v.transform(readNumber),
      v.number(countRule),
      v.integer(countRule),
      v.minValue(0, countRule),
      v.maxValue(maxRegistered, countRule),
    ),
  ),
  closing: absentOr(v.boolean("must be true or false")),
});

/** What a request says about the bridge itself; only an envelope can do so. `startedAt` by the bridge's clock, in microseconds. */
export type Envelope = {
  serverName?: GivenServerName | undefined;
  session?: { id: string; startedAt: number } | undefined;
  registered?: number | undefined;
  closing?: boolean | undefined;
};

/** The server that an envelope is about, if it gives a valid name. */
export const serverNameOf = ({ serverName }: Envelope): string | undefined =>
  isServerName(serverName?.value) ? serverName.value : undefined;

const pointerOf = (issue: v.BaseIssue<unknown>): string =>
  String(issue.path?.map(({ key }) => `/${String(key)}`).join(""));

/**
 * Reads the members of an envelope other than its events. A text result says what is wrong with one of them. `now` in
 * microseconds: a session from the far future would outrank every true one, so it is refused.
 */
export const readEnvelope = (members: object, now: number): Envelope | string => {
  const all: Readonly<Record<string, unknown>> = {
    session: null,
    registered: null,
    closing: null,
    ...members,
  };
  const read = v.safeParse(MembersSchema, all, { abortPipeEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    return `${pointerOf(issue)} ${issue.message}`;
  }
  const { session } = read.output;
  const startedAt = session?.startedAt ?? 0;
  if (checkClock(startedAt, now, "/session/startedAt").kind === "refused") {
    const written: unknown = Reflect.get(Object(all["session"]), "startedAt");
    return `/session/startedAt ${explainFarTime(startedAt, written) ?? "lies more than 60 minutes ahead of our clock"}`;
  }
  const { serverName: value } = { serverName: null, ...members };
  const isAbsent = value === null || value === "";
  return { ...read.output, serverName: isAbsent ? undefined : { pointer: "/serverName", value } };
};
