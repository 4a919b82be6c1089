import { pointerStep } from "../problem.ts";

/**
 * Every way to write an attribute's name: the reference's, the Platform SDK's JSON, T-Library's.
 * The one place where a new spelling goes. The first of each row is the name that our own messages use.
 */
export const spellings = {
  Event: ["Event", "messageName", "AttributeEventName"],
  Server: ["Server", "server", "AttributeServer"],
  ServerName: ["ServerName", "serverName", "AttributeServerName"],
  ThisDN: ["ThisDN", "thisDN", "AttributeThisDN"],
  time: ["time", "AttributeTime"],
  TimeinSecs: ["TimeinSecs", "timeinSecs", "AttributeTimeinSecs"],
  TimeinuSecs: ["TimeinuSecs", "timeinuSecs", "AttributeTimeinuSecs"],
  ReferenceID: ["ReferenceID", "referenceID", "AttributeReferenceID"],
  InfoType: ["InfoType", "addressInfoType", "AttributeAddressInfoType"],
  "InfoStatus.AddressType": [
    "InfoStatus.AddressType",
    "InfoStatus",
    "addressInfoStatus",
    "AttributeAddressInfoStatus",
  ],
  Extensions: ["Extensions", "extensions", "AttributeExtensions"],
  AgentID: ["AgentID", "agentID", "AttributeAgentID"],
  CustomerID: ["CustomerID", "customerID", "AttributeCustomerID"],
  ErrorCode: ["ErrorCode", "errorCode", "AttributeErrorCode"],
  ErrorMessage: ["ErrorMessage", "errorMessage", "AttributeErrorMessage"],
  EventSequenceNumber: [
    "EventSequenceNumber",
    "eventSequenceNumber",
    "AttributeEventSequenceNumber",
  ],
  ServerStartTime: ["ServerStartTime", "serverStartTime", "AttributeServerStartTime"],
} as const satisfies Record<string, readonly string[]>;

/** The name of an attribute as the reference writes it. */
export type Attribute = keyof typeof spellings;

/** One value as the caller wrote it, and where. */
export type Spelled = { pointer: string; value: unknown };

/** An event sorted by attribute: each with all the values that the caller gave it, the unknown ones beside. */
export type SpelledEvent = {
  attributes: Map<Attribute, [Spelled, ...Spelled[]]>;
  other: [string, unknown][];
};

const isAttribute = (name: string): name is Attribute => Object.hasOwn(spellings, name);
const attributeOf: ReadonlyMap<string, Attribute> = new Map(
  Object.keys(spellings)
    .filter(isAttribute)
    .flatMap((name) => spellings[name].map((spelling) => [spelling, name])),
);

const isAbsent = (value: unknown): boolean => value === null || value === "";

// `InfoStatus: {AddressType: …}` and a flat key mean the same.
const unwrap = (attribute: Attribute, spelled: Spelled): Spelled => {
  const { value, pointer } = spelled;
  if (attribute !== "InfoStatus.AddressType" || !(value instanceof Object)) return spelled;
  const inner = "AddressType" in value ? value.AddressType : null;
  return { pointer: `${pointer}/AddressType`, value: inner };
};

const stampFromParts = (attributes: SpelledEvent["attributes"]): void => {
  const [seconds] = attributes.get("TimeinSecs") ?? [];
  if (seconds === undefined) return;
  const [micros] = attributes.get("TimeinuSecs") ?? [];
  const value = { sec: seconds.value, usec: micros?.value ?? null };
  const spelled = { pointer: seconds.pointer, value };
  const others = attributes.get("time");
  attributes.set("time", others === undefined ? [spelled] : [...others, spelled]);
};

/** Sorts the members of an event by attribute, whatever their spelling. `null` and the empty string are absent. */
export const spellOut = (event: object, pointer: string): SpelledEvent => {
  const attributes: SpelledEvent["attributes"] = new Map();
  const other: [string, unknown][] = [];
  for (const [name, value] of Object.entries(event)) {
    if (isAbsent(value)) continue;
    const attribute = attributeOf.get(name);
    if (attribute === undefined) {
      other.push([name, value]);
      continue;
    }
    const spelled = unwrap(attribute, { pointer: pointer + pointerStep(name), value });
    if (isAbsent(spelled.value)) continue;
    const others = attributes.get(attribute);
    attributes.set(attribute, others === undefined ? [spelled] : [...others, spelled]);
  }
  stampFromParts(attributes);
  return { attributes, other };
};
