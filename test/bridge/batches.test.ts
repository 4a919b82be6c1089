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
});
