import { expect, it } from "vitest";
import { nameServer } from "../../bridge/name-server.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";

const event = (attributes: object, more: Partial<SourceEvent> = {}): SourceEvent => ({
  text: JSON.stringify({ Event: 54, ThisDN: "1", time: "2026-11-18T06:00:00Z", ...attributes }),
  where: "f",
  form: "json",
  ...more,
});
const session = { session: '{"id":"s1"}' };
const heartbeat: SourceEvent = { text: "", where: "f", form: "heartbeat" };

it.each([
  ["an event", event({ Server: 65_200 }), "S"],
  ["an event that says its own", event({ ServerName: "T" }), "S"],
  ["one whose envelope says it", event({}, { serverName: "T", ...session }), "T"],
  ["one in a session, which does not", event({ Server: 65_200 }, session), "S"],
  ["one in a session, which says the same", event({ ServerName: "S" }, session), "S"],
  ["one in a session with another", event({ ServerName: "T" }, session), undefined],
  [
    "one that says how many DNs another has",
    event({ ServerName: "T" }, { registered: "7" }),
    undefined,
  ],
  [
    "a broken one in a session with another",
    event({ ServerName: "T", ThisDN: "" }, session),
    undefined,
  ],
  ["a broken one in a session", event({ ThisDN: "" }, session), "S"],
  // Their body has no place for a name: what is shown of them must be what is sent.
  ["a CloudEvent whose source has none", event({}, { form: "cloudevents" }), undefined],
  ["a heartbeat in a session", { ...heartbeat, ...session }, "S"],
])(
  "gives %s the name that a person gave, unless that would lend it a session",
  (_, given, name) => {
    expect(nameServer(given, "S").serverName).toBe(name);
    expect(nameServer(given, undefined)).toBe(given);
  },
);
