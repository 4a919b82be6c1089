import type { Scenario } from "./scenario.ts";
import {
  closing,
  connection,
  envelopes,
  heartbeat,
  heartbeats,
  type Numbers,
  registered,
  sessionAt,
} from "./scenario-events.ts";

/** The T-Server's pair switches over: the bridge loses its connection, connects to the other server and registers so many DNs again. */
export const createSwitchover = (count: number): Scenario => {
  const numbers: Numbers = { server: "PAIR1", first: 20_000, count };
  const many = count.toLocaleString("en");
  return {
    name: "switchover",
    about: `a hot-standby switchover: the connection breaks, comes back, and ${many} DNs are registered again`,
    fastest: 5,
    servers: [numbers.server],
    steps: [
      {
        atSeconds: 0,
        says: `the bridge registers ${many} DNs`,
        send: (now) => envelopes(numbers.server, registered(numbers, now), sessionAt(now)),
      },
      {
        atSeconds: 60,
        says: "the connection to the T-Server breaks, and is there again at once",
        send: (now) => [
          {
            serverName: numbers.server,
            events: [
              connection("EventServerDisconnected", numbers.server, now),
              connection("EventServerConnected", numbers.server, now + 1_000_000),
            ],
          },
          heartbeat(numbers.server, sessionAt(now + 1_000_000)),
          ...envelopes(
            numbers.server,
            registered(numbers, now + 2_000_000),
            sessionAt(now + 1_000_000),
          ),
        ],
      },
      ...heartbeats(numbers.server, 120, 420),
      closing(numbers.server, 440),
    ],
    promised: [],
    endsAtSeconds: 450,
  };
};

/** The same with 8,000 DNs. */
export const switchover = createSwitchover(8_000);
