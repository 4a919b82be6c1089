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

// TAddressInfoType of an EventRegistered: always the address type.
const infoTypes: ReadonlyMap<number, string> = new Map([[8, "AddressInfoAddressType"]]);

// TMessageType: the events that T-Library knows, by number.
const events: ReadonlyMap<number, string> = new Map(
  Object.entries(eventNames).map(([id, name]) => [Number(id), name]),
);

/** Address types on which an agent may be logged in (footnote a of the reference). */
export const agentAddressTypes: ReadonlySet<string> = new Set([
  "AddressTypeDN",
  "AddressTypePosition",
]);

// By name, by name without its prefix, by number, by number as text.
const spellValues = (
  names: ReadonlyMap<number, string>,
  prefix: string,
): ReadonlyMap<unknown, string> =>
  new Map(
    [...names].flatMap(([number, name]): [unknown, string][] => [
      [number, name],
      [String(number), name],
      [name, name],
      [name.slice(prefix.length), name],
    ]),
  );

/** Every way to write an event's name. */
export const eventSpellings = spellValues(events, "");

/** Every way to write an address type. */
export const addressTypeSpellings = spellValues(addressTypes, "AddressType");

/** Every way to write the one info type of an EventRegistered. */
export const infoTypeSpellings = spellValues(infoTypes, "AddressInfo");
