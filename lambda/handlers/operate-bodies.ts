import * as v from "valibot";
import { BridgeNameSchema } from "../domain/access/bridge-key.ts";
import { isCleanText } from "../domain/text.ts";
import { isoTime } from "../domain/time-schema.ts";

/** How many bytes a body may have, including one that lists DNs: a window's body must fit an item. */
export const maxBodyBytes = 20_000;
export const maxWindowBytes = 50_000;

const maxDns = 1_000;
const maxWindowMicros = 30 * 24 * 60 * 60 * 1_000_000;

const text = (maxLength: number, ifEmpty?: string) => {
  const rule = `must be text of 1 to ${maxLength} characters without control characters`;
  return v.pipe(
    v.string(rule),
    v.minLength(1, ifEmpty ?? rule),
    v.maxLength(maxLength, rule),
    v.check(isCleanText, rule),
  );
};
const time = isoTime();
const notAnObject = "the body must be a JSON object";
const server = text(128);
const thisDN = text(255);
// Null and the empty string are absent: only where that makes a request no wider.
const optionalText = (maxLength: number) =>
  v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) => (value === null || value === "" ? undefined : value)),
      v.optional(text(maxLength)),
    ),
  );
// The name that the caller gives stands beside that of the token.
const author = optionalText(128);
const maxNote = 500;

/** `POST /v1/alerts/{alertId}/acknowledgement`. */
export const AcknowledgementSchema = v.strictObject(
  { author, note: optionalText(maxNote) },
  notAnObject,
);

const applicationRule = "must be a bridge's name: 1 to 64 letters, digits, dots, hyphens and _";

/** `POST /v1/retirements`. */
export const RetirementSchema = v.strictObject(
  {
    server,
    thisDN: v.optional(thisDN),
    application: v.optional(
      v.custom<string>((name) => v.is(BridgeNameSchema, name), applicationRule),
    ),
    author,
    note: text(maxNote),
  },
  notAnObject,
);

const dnsRule = `must be a list of 1 to ${maxDns} DNs`;

const coverage = 'server, thisDNs or prefix, or "everything": true for every DN of every server';

const wildcardRule =
  "* is no wildcard here, and would cover nothing: give names and DNs as they are, a prefix without it, " +
  'or "everything": true for every DN of every server';
const literal = (schema: ReturnType<typeof text>, isWildcard: (value: string) => boolean) =>
  v.pipe(
    schema,
    v.check((value) => !isWildcard(value), wildcardRule),
  );
// A feature code is a DN with an asterisk.
const literalDn = literal(thisDN, (dn) => dn === "*");

/** `POST /v1/maintenance-windows`, at a time of our clock (microseconds). */
export const windowSchema = (now: number) =>
  v.pipe(
    v.strictObject(
      {
        server: v.optional(literal(server, (name) => name.includes("*"))),
        thisDNs: v.optional(
          v.pipe(
            v.array(literalDn, dnsRule),
            v.minLength(1, dnsRule),
            v.maxLength(maxDns, dnsRule),
          ),
        ),
        prefix: v.optional(
          literal(
            text(255, `must not be empty, which is every DN: leave it out, and give ${coverage}`),
            (prefix) => prefix.endsWith("*"),
          ),
        ),
        // False is the same as absent.
        everything: v.optional(
          v.pipe(
            v.boolean("must be true or false"),
            v.transform((value) => value || undefined),
          ),
        ),
        start: time,
        end: v.pipe(time, v.gtValue(now, "must lie in the future")),
        reason: text(500),
        author,
      },
      notAnObject,
    ),
    v.check(
      ({ server, thisDNs, prefix, everything }) =>
        (server ?? thisDNs ?? prefix ?? everything) !== undefined,
      `give ${coverage}`,
    ),
    v.forward(
      v.check(
        ({ server, thisDNs, prefix, everything }) =>
          everything === undefined || !(server || thisDNs || prefix),
        "covers every DN of every server: leave out server, thisDNs and prefix, or this",
      ),
      ["everything"],
    ),
    v.forward(
      v.check(({ start, end }) => start < end, "must be after start"),
      ["end"],
    ),
    v.forward(
      v.check(
        ({ start, end }) => end - start <= maxWindowMicros,
        "must be at most 30 days after start",
      ),
      ["end"],
    ),
  );
