import { type DirectoryNumber, directoryNumbers } from "./directory-numbers.ts";
import { makeExtensions } from "./extensions.ts";
import { lossesOfTheMorning, requestsOfTheMorning } from "./morning-endings.ts";
import { between, createRandom } from "./random.ts";

/** An event in the spelling of the Genesys reference: the attribute names of its tables. */
export type SampleEvent = Readonly<Record<string, unknown>>;

type Dated = {
  /** Microseconds since 1970. */
  readonly at: number;
  readonly event: SampleEvent;
};

const startOfDay = Date.UTC(2026, 10, 18) * 1000;

const at = (hours: number, minutes: number, seconds = 0): number =>
  startOfDay + ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;

const time = (micros: number) => ({
  sec: Math.floor(micros / 1_000_000),
  usec: micros % 1_000_000,
});

const head = (name: string, dn: DirectoryNumber, micros: number) => ({
  Event: name,
  Server: dn.server.handle,
  ServerName: dn.server.name,
  ThisDN: dn.thisDN,
  time: time(micros),
});

const registered = (
  dn: DirectoryNumber,
  micros: number,
  more: { readonly referenceID: number; readonly random: () => number; readonly agentID?: string },
): Dated => ({
  at: micros,
  event: {
    ...head("EventRegistered", dn, micros),
    ReferenceID: more.referenceID,
    InfoType: "AddressInfoAddressType",
    InfoStatus: { AddressType: `AddressType${dn.kind}` },
    Extensions: makeExtensions(dn.kind, more.random),
    ...(more.agentID !== undefined && { AgentID: more.agentID }),
    CustomerID: dn.server.customerID,
  },
});

/** 05:58: the bridge starts and registers for every DN, server by server, a few hundred microseconds apart. */
const registrations = (random: () => number): Dated[] => {
  let micros = at(5, 58, 12) + between(random, 0, 999_999);
  return directoryNumbers.map((dn, index) => {
    micros += between(random, 180, 2_400);
    return registered(dn, micros, { referenceID: index + 1, random });
  });
};

/** 07:30 to 08:15: agents have logged in; the bridge registers their DNs again and hears who sits there. */
const agents = (random: () => number): Dated[] =>
  directoryNumbers
    .filter(({ kind }) => kind === "DN" || kind === "Position")
    .filter(() => random() < 0.4)
    .map((dn, index) => ({
      dn,
      agentID: String(4_000 + index),
      micros: at(7, 30) + between(random, 0, 45 * 60 * 1_000_000),
    }))
    .sort((a, b) => a.micros - b.micros)
    .map(({ dn, agentID, micros }, index) =>
      registered(dn, micros, { referenceID: 1_000 + index, random, agentID }),
    );

const find = (server: string, thisDN: string): DirectoryNumber => {
  const dn = directoryNumbers.find((each) => each.server.name === server && each.thisDN === thisDN);
  if (dn === undefined) throw new Error(`the sample has no DN ${thisDN} on ${server}`);
  return dn;
};

/** 08:20 and later: two DNs end by request, then a configuration change takes five away. */
const endings = (random: () => number): Dated[] =>
  [...requestsOfTheMorning, ...lossesOfTheMorning].map(({ clock, server, thisDN, why }) => {
    const micros = at(...clock) + between(random, 0, 999_999);
    const dn = find(server, thisDN);
    return {
      at: micros,
      event: { ...head("EventUnregistered", dn, micros), ...why, CustomerID: dn.server.customerID },
    };
  });

/** The sample morning's events in the order of their time: the same each time for the same seed. */
export const makeMorning = (seed = 20_261_118): SampleEvent[] => {
  const random = createRandom(seed);
  return [...registrations(random), ...agents(random), ...endings(random)]
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
};
