import { describe, expect, it } from "vitest";
import { makeBatch } from "../../bridge/batches.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";

const event = (dn: number, more: Partial<SourceEvent> = {}): SourceEvent => ({
  text: `{"ThisDN":"${dn}"}`,
  where: `f:${dn}`,
  form: "json",
  ...more,
});

describe("makeBatch", () => {
  it("sends an array without a server name", () => {
    expect(makeBatch([event(1), event(2)])).toMatchObject({
      body: '[{"ThisDN":"1"},{"ThisDN":"2"}]',
      mediaType: "application/json",
    });
  });

  it("sends an envelope with a server name", () => {
    const { body } = makeBatch([event(1, { serverName: 'S"1' })]);
    expect(body).toBe('{"serverName":"S\\"1","events":[{"ThisDN":"1"}]}');
  });

  it("sends CloudEvents under their own media type, without an envelope", () => {
    expect(makeBatch([event(1, { form: "cloudevents", serverName: "S" })])).toMatchObject({
      body: '[{"ThisDN":"1"}]',
      mediaType: "application/cloudevents-batch+json",
    });
  });

  it("says the session of its events, and of what their envelopes said the newest", () => {
    const session = '{"id":"s1","startedAt":"2026-11-18T08:19:58.104Z"}';
    const { body, eventCount } = makeBatch([
      event(1, { serverName: "S", session, registered: "7" }),
      event(2, { serverName: "S", session, registered: "8" }),
      event(3, { serverName: "S", session, closing: "true" }),
    ]);
    expect(body).toBe(
      `{"serverName":"S","session":${session},"registered":8,"closing":true,"events":[{"ThisDN":"1"},{"ThisDN":"2"},{"ThisDN":"3"}]}`,
    );
    expect(eventCount).toBe(3);
  });

  it("sends a heartbeat as an envelope without events, also where it says nothing", () => {
    const heartbeat = event(1, { text: "", form: "heartbeat" });
    expect(makeBatch([heartbeat])).toMatchObject({ body: '{"events":[]}', eventCount: 0 });
    expect(makeBatch([{ ...heartbeat, serverName: "S", closing: "true" }]).body).toBe(
      '{"serverName":"S","closing":true,"events":[]}',
    );
  });
});
