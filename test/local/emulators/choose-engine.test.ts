import { describe, expect, it } from "vitest";
import { chooseEngine } from "../../../local/emulators/choose-engine.ts";
import type { EngineSearch } from "../../../local/emulators/dynamodb-engine.ts";

const missing = (reason: string) => (): EngineSearch => ({ kind: "missing", reason });
const found = (name: string) => (): EngineSearch => ({
  kind: "process",
  name,
  warning: undefined,
  takesHost: true,
  command: name,
  args: () => [],
  workingDirectory: undefined,
});
const anyEngine = { engine: undefined, dataDirectory: undefined };

describe("choice of the DynamoDB engine", () => {
  it("takes dynoxide first, then DynamoDB Local", () => {
    const both = { dynoxide: found("a"), "dynamodb-local": found("b") };
    expect(chooseEngine(anyEngine, "http://x", both)).toMatchObject({ name: "a" });
    const second = { ...both, dynoxide: missing("no") };
    expect(chooseEngine(anyEngine, "http://x", second)).toMatchObject({ name: "b" });
  });

  it("takes only the engine that was asked for", () => {
    const other = { dynoxide: missing("not for this platform"), "dynamodb-local": found("b") };
    const asked = { ...anyEngine, engine: "dynoxide" } as const;
    expect(() => chooseEngine(asked, "http://x", other)).toThrow(/not for this platform/);
  });

  it("takes the given endpoint when no engine runs here", () => {
    const none = { dynoxide: missing("no"), "dynamodb-local": missing("no") };
    expect(chooseEngine(anyEngine, "http://x", none)).toEqual({
      kind: "endpoint",
      url: "http://x",
    });
    const keeping = { ...anyEngine, dataDirectory: "/data" };
    expect(() => chooseEngine(keeping, "http://x", none)).toThrow(/--data has no effect/);
  });

  it("says what is missing and what to do when there is no engine", () => {
    const none = { dynoxide: missing("no binary"), "dynamodb-local": missing("there is no java") };
    expect(() => chooseEngine(anyEngine, undefined, none)).toThrow(
      /no binary.*there is no java.*Java 17.*AWS_ENDPOINT_URL_DYNAMODB/s,
    );
  });
});
