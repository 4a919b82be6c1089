import eventNames from "./event-names.json" with { type: "json" };

/** TAddressType: what kind of thing a DN is, by T-Library number. */
export const addressTypes: ReadonlyMap<number, string> = new Map([
  [0, "AddressTypeUnknown"],
  [1, "AddressTypeDN"],
  [2, "AddressTypePosition"],
  [3, "AddressTypeQueue"],
  [4, "AddressTypeRouteDN"],
  [5, "AddressTypeTrunk"],
  [6, "AddressTypeVoiceChannel"],
  [7, "AddressTypeDataChannel"],
  [8, "AddressTypeAnnouncement"],
  [9, "AddressTypeASAI"],
  [10, "AddressTypeACDGroup"],
  [11, "AddressTypeVSP"],
  [12, "AddressTypeRouteQueue"],
  [13, "AddressTypeAgentID"],
  [99, "AddressTypeOther"],
]);

/** TAddressInfoType of an EventRegistered: it always tells the address type. */
export const infoTypes: ReadonlyMap<number, string> = new Map([[8, "AddressInfoAddressType"]]);

/** TMessageType: the events that T-Library knows, by number. */
export const events: ReadonlyMap<number, string> = new Map(
  Object.entries(eventNames).map(([id, name]) => [Number(id), name]),
);

/** Address types on which an agent may be logged in (footnote a of the reference). */
export const agentAddressTypes: ReadonlySet<string> = new Set([
  "AddressTypeDN",
  "AddressTypePosition",
]);

/**
 * Reads one enumeration value written as its name, its name without `prefix`, its number, or the number as text.
 * Undefined: the enumeration has no such value.
 */
export const readEnumeration = (
  names: ReadonlyMap<number, string>,
  prefix: string,
  value: unknown,
): string | undefined => {
  if (typeof value === "number") return names.get(value);
  if (typeof value !== "string") return undefined;
  if (/^\d{1,3}$/.test(value)) return names.get(Number(value));
  const name = value.startsWith(prefix) ? value : prefix + value;
  return [...names.values()].find((known) => known === name);
};
