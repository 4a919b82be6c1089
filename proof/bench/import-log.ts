import { createRandom } from "../../samples/random.ts";

const firstNumber = 10_000;
const client = "(00000e85 bench 192.0.2.1:3425)";

/** An event of a log: seconds since 1970, and whether a registration begins, was given up, or is lost. */
type LoggedEvent = {
  readonly index: number;
  readonly seconds: number;
  readonly thisDN: number;
  readonly kind: "registered" | "given-up" | "lost";
};

const attributesOf = ({ kind, index }: LoggedEvent): readonly string[] => {
  switch (kind) {
    case "registered":
      return [`AttributeReferenceID\t${index}`, "AttributeAddressInfoType\t8"];
    case "given-up":
      return [`AttributeReferenceID\t${index}`, "AttributeDNType\t1"];
    case "lost":
      return ["AttributeErrorCode\t59", "AttributeErrorMessage\t'DN is not configured in CME'"];
  }
};

/** Ten lines, as a T-Server writes them. */
const linesOf = (event: LoggedEvent): string => {
  const { index, seconds, thisDN, kind } = event;
  const name = kind === "registered" ? "EventRegistered" : "EventUnregistered";
  const whole = Math.floor(seconds);
  const clock = new Date(whole * 1000).toISOString().slice(11, 19);
  const attributes = [
    `AttributeEventSequenceNumber\t${index.toString(16).padStart(16, "0")}`,
    `AttributeTimeinuSecs\t${Math.floor((seconds - whole) * 1e6)}`,
    `AttributeTimeinSecs\t${whole} (${clock})`,
    `AttributeThisDN\t'${thisDN}'`,
    "AttributeCustomerID\t'Retail'",
    "AttributeAddressInfoStatus\t1",
    ...attributesOf(event),
  ];
  return [
    `@${clock}.0000 [0] 8.1.101.25 send_to_client: message ${name}`,
    ...attributes.map((attribute) => `\t${attribute}`),
    `${clock}.000 Trc 04542 ${name} sent to [66] ${client}`,
    "",
  ].join("\n");
};

/**
 * The log of a day until `end` (milliseconds since 1970), in which each event changes a status: 10,000 DNs are registered, then
 * one after another goes and comes. One of a hundred that go is lost. Ten lines an event.
 */
export const dayLog = (events: number, end: number): string => {
  const random = createRandom(20_261_130);
  const registered = new Set<number>();
  const kindOf = (thisDN: number): LoggedEvent["kind"] => {
    if (!registered.delete(thisDN)) {
      registered.add(thisDN);
      return "registered";
    }
    return random() < 0.01 ? "lost" : "given-up";
  };
  const numbers = Math.min(10_000, events);
  return Array.from({ length: events }, (_, index) => {
    const thisDN = firstNumber + (index < numbers ? index : Math.floor(random() * numbers));
    const seconds = end / 1000 - 86_400 * (1 - index / events);
    return linesOf({ index: index + 1, seconds, thisDN, kind: kindOf(thisDN) });
  }).join("");
};

/** The log of a minute until `end`, in which the same happens to one DN after another. */
export const minuteLog = (kind: LoggedEvent["kind"], numbers: number, end: number): string =>
  Array.from({ length: numbers }, (_, index) => {
    const seconds = end / 1000 - 60 * (1 - index / numbers);
    return linesOf({ index: index + 1, seconds, thisDN: firstNumber + index, kind });
  }).join("");
