import fc from "fast-check";
import type { ShownLoss } from "./dry-run-of.ts";

/** A message of a log. Without a name that is wanted it is there to be passed over. */
export type LoggedMessage = {
  readonly name: string;
  readonly thisDN: string;
  readonly seconds: number;
  /** Whether the application asked for it. */
  readonly isAsked: boolean;
};

/** How a program writes its log. */
export type Dialect = {
  readonly name: string;
  readonly write: (message: LoggedMessage) => readonly string[];
};

type Attribute = readonly [name: string, value: string | number];

const attributesOf = ({ name, thisDN, seconds, isAsked }: LoggedMessage): Attribute[] => {
  const time: Attribute[] = [
    ["AttributeTimeinuSecs", 250_000],
    ["AttributeTimeinSecs", seconds],
  ];
  const dn: Attribute = ["AttributeThisDN", thisDN];
  if (name === "EventRinging")
    return [["AttributeConnID", "0066028d5b8f9001"], ...time, ["AttributeCallType", 2], dn];
  if (name === "RequestRegisterAddress") return [["AttributeReferenceID", 7], dn];
  if (name === "EventAgentLogin") return [...time, dn, ["AttributeAgentID", "4711"]];
  const info: Attribute[] = [
    ["AttributeReferenceID", 7],
    ["AttributeAddressInfoType", 8],
    ["AttributeExtensions", ""],
    ["AttributeCustomerID", "Retail"],
  ];
  if (name === "EventRegistered") return [...time, ...info, dn];
  const cause: Attribute = isAsked ? ["AttributeReferenceID", 9] : ["AttributeErrorCode", 59];
  return seconds % 2 === 0 ? [...time, cause, dn] : [dn, ...time, cause];
};

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);
const isText = new Set(["AttributeThisDN", "AttributeCustomerID", "AttributeAgentID"]);

const tServerLines = (message: LoggedMessage): string[] =>
  attributesOf(message).flatMap(([name, value]) => {
    if (name === "AttributeExtensions")
      return [`\t${name}\t[17] 00 01 01 00..`, "\t\t'total-ports'\t4", "\t\t'ps-1'\t'x'"];
    if (name === "AttributeTimeinSecs")
      return [`\t${name}\t${value} (${clock(message.seconds).slice(0, 8)})`];
    return [`\t${name}\t${isText.has(name) ? `'${value}'` : value}`];
  });

const sdkLines = (message: LoggedMessage): string[] =>
  attributesOf(message).flatMap(([name, value]) =>
    name === "AttributeExtensions"
      ? [`${name} [bstr] = KVList: `, "\t\t'total-ports' [int] = 4"]
      : [`${name} ${isText.has(name) ? `[str] = "${value}"` : `[int] = ${value}`}`],
  );

const client = "[66] (00000e85 bridge-a 192.0.2.1:3425)";

const tServer: Dialect = {
  name: "T-Server",
  write: (message) => {
    const { name, seconds } = message;
    const time = clock(seconds);
    if (name.startsWith("Request"))
      return [
        `${time} Trc 04541 ${name} received from ${client}`,
        `message ${name}`,
        ...tServerLines(message),
      ];
    return [
      `@${time}0 [0] 8.1.101.25 send_to_client: message ${name}`,
      ...tServerLines(message),
      `${time} Trc 04542 ${name} sent to ${client}`,
    ];
  },
};

const router: Dialect = {
  name: "router",
  write: (message) => {
    const { name, seconds, thisDN } = message;
    const isAsked = message.isAsked || name === "EventRegistered";
    if (name.startsWith("Request"))
      return [
        `request to 65200(TS900) message ${name}`,
        ...tServerLines(message),
        "..sent to TS900",
      ];
    return [
      `received from 65200(TS900)ts.example:7007(fd=12) message ${name}(refid=${isAsked ? 9 : 0})`,
      ...tServerLines(message),
      `${clock(seconds)}_T_I_ [14:32] ${name} is received for ts TS900[Switch_1] (this dn=${thisDN})`,
    ];
  },
};

const orchestration: Dialect = {
  name: "orchestration",
  write: (message) => [
    `2025-11-18T${clock(message.seconds)} Trc 04541 Message ${message.name} received from 'TS900@${message.thisDN}'`,
    ...tServerLines(message),
  ],
};

const sdk: Dialect = {
  name: "Platform SDK",
  write: (message) => [
    `2025-11-18 ${clock(message.seconds)} DEBUG [x] - Proxy got message '${message.name}' ('53')`,
    "message attributes:",
    ...sdkLines(message),
    ". Processing with  state .StatePrimary proxy: proxy1",
  ],
};

/** The dialects in which logs are written. */
export const dialects = [tServer, router, orchestration, sdk] as const;

const names = [
  "EventRegistered",
  "EventUnregistered",
  "EventUnregistered",
  "EventRinging",
  "RequestRegisterAddress",
  "EventAgentLogin",
];

/** Messages a second apart, the first of which registers a DN. */
export const anyMessages = fc
  .array(
    fc.record({
      name: fc.constantFrom(...names),
      thisDN: fc.constantFrom("7001", "0815"),
      isAsked: fc.boolean(),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((some): LoggedMessage[] =>
    [{ name: "EventRegistered", thisDN: "7001", isAsked: true }, ...some].map((one, index) => ({
      ...one,
      seconds: 1_763_452_800 + index,
    })),
  );

/** The losses that these messages mean. */
export const lossesOf = (messages: readonly LoggedMessage[]): ShownLoss[] => {
  const losses: ShownLoss[] = [];
  for (const { name, thisDN, isAsked, seconds } of messages) {
    const at = losses.findIndex((one) => one.thisDN === thisDN && one.backAt === undefined);
    const loss = losses[at];
    if (name === "EventRegistered" && loss !== undefined) losses[at] = { ...loss, backAt: seconds };
    if (name === "EventUnregistered" && !isAsked && loss === undefined)
      losses.push({ thisDN, lostAt: seconds });
  }
  return losses;
};

/** The losses that are not shown: nothing that is shown says that the DN was missing then. */
export const missingIn = (
  shown: readonly ShownLoss[],
  losses: readonly ShownLoss[],
): readonly ShownLoss[] =>
  losses.filter(
    ({ thisDN, lostAt }) =>
      !shown.some(
        (one) =>
          one.thisDN === thisDN &&
          one.lostAt <= lostAt &&
          lostAt < (one.backAt ?? Number.POSITIVE_INFINITY),
      ),
  );
