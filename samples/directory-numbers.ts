/** What a DN is for its switch, in the names of `InfoStatus.AddressType` (without the prefix `AddressType`). */
export type AddressKind = "DN" | "Position" | "Queue" | "RouteQueue";

/** One of the two T-Servers: `handle` is its number in the bridge's own connection table, and no name. */
export type TServer = {
  readonly name: string;
  readonly handle: number;
  readonly customerID: string;
};

/** A DN that a bridge registers for. */
export type DirectoryNumber = {
  readonly server: TServer;
  readonly thisDN: string;
  readonly kind: AddressKind;
};

const sip: TServer = { name: "SIPTS750", handle: 65_200, customerID: "Retail" };
const avaya: TServer = { name: "AVAYATS1", handle: 65_201, customerID: "Claims" };

const range = (
  server: TServer,
  kind: AddressKind,
  first: number,
  count: number,
): DirectoryNumber[] =>
  Array.from({ length: count }, (_, index) => ({
    server,
    thisDN: String(first + index),
    kind,
  }));

/**
 * 300 DNs: 180 on a SIP Server, 120 on a switch with ACD positions. The numbers 7001 to 7010 exist on both, as numbers do
 * where two sites have grown together.
 */
export const directoryNumbers: readonly DirectoryNumber[] = [
  ...range(sip, "DN", 7001, 150),
  ...range(sip, "Queue", 8001, 18),
  ...range(sip, "RouteQueue", 9001, 12),
  ...range(avaya, "DN", 7001, 10),
  ...range(avaya, "Position", 21_001, 90),
  ...range(avaya, "Queue", 41_001, 12),
  ...range(avaya, "RouteQueue", 51_001, 8),
];
