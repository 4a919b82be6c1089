import * as v from "valibot";
import type { Promised, Scenario } from "./scenario.ts";

const NotificationSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    type: v.string(),
    data: v.object({
      kind: v.string(),
      server: v.string(),
      severity: v.string(),
      count: v.number(),
      title: v.string(),
      flapping: v.optional(v.boolean()),
    }),
  }),
);
/** A message of the alert topic, as far as a scenario looks at it. */
export type AlertNotification = {
  readonly type: string;
  readonly kind: string;
  readonly server: string;
  readonly severity: string;
  readonly count: number;
  readonly title: string;
  readonly flapping?: boolean | undefined;
};

/** Reads a line of the file of alerts. Throws on what is no message of ours. */
export const readAlertNotification = (line: string): AlertNotification => {
  const { type, data } = v.parse(NotificationSchema, line);
  return { type, ...data };
};

// On a busy machine a loss may come in another minute, or with another part of an incident.
const wordsOf = (title: string): string =>
  title
    .replaceAll(/(?:at|since) (?:\d{4}-\d\d-\d\d )?(?:\d\d:\d\d|hh:mm) UTC/g, "at hh:mm UTC")
    .replaceAll(/(?<=lost )[\d,]+(?= DN)/g, "#")
    .replaceAll(/\d+(?= times)/g, "#");

const hasWords = (given: string, promised: string): boolean => wordsOf(given) === wordsOf(promised);

const keeps = (given: AlertNotification | undefined, promised: Promised | undefined): boolean =>
  given !== undefined &&
  promised !== undefined &&
  given.type === promised.type &&
  given.kind === promised.kind &&
  (promised.severity ?? given.severity) === given.severity &&
  (promised.count ?? given.count) === given.count &&
  (promised.flapping ?? given.flapping) === given.flapping &&
  hasWords(given.title, promised.title ?? given.title);

const inWords = (one: AlertNotification | Promised | undefined): string =>
  one === undefined
    ? "nothing"
    : `${one.type} of ${one.kind}${one.severity ? ` ${one.severity}` : ""}${one.count === undefined ? "" : ` with ${one.count} DNs`}${one.title === undefined ? "" : ` "${one.title}"`}`;

/** Where the notifications are not those promised, a line each; those of different servers may come in any order. */
export const findBroken = (
  { servers, promised }: Pick<Scenario, "servers" | "promised">,
  notifications: readonly AlertNotification[],
): string[] =>
  servers.flatMap((server) => {
    const wanted = promised.filter((one) => one.server === server);
    const given = notifications.filter((one) => one.server === server);
    const length = Math.max(wanted.length, given.length);
    return Array.from({ length }, (_, index) => index)
      .filter((index) => !keeps(given[index], wanted[index]))
      .map(
        (index) => `${server}: promised ${inWords(wanted[index])}, got ${inWords(given[index])}`,
      );
  });
