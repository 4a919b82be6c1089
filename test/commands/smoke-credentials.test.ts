import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getSmokeCredentials } from "../../commands/smoke/smoke-credentials.ts";
import type { Stack } from "../../commands/stacks/stack.ts";
import { buildStack } from "../support/build-stack.ts";
import { type EmulatedSecrets, startSecrets } from "../support/emulated-secrets.ts";

describe("the smoke test's credentials", () => {
  let emulated: EmulatedSecrets;
  let stage: Stack;
  beforeEach(async () => {
    emulated = await startSecrets();
    const { secrets, connection: secretsManager } = emulated;
    const { connections } = buildStack();
    stage = buildStack({ secrets, connections: { ...connections, secretsManager } });
  });
  afterEach(() => emulated.stop());

  it("are made for a stage, and taken back", async () => {
    const { key, token, temporary, revoke } = await getSmokeCredentials(stage, {});
    expect(temporary).toBe(true);
    expect(await emulated.stored(stage.secrets.bridgeKeys)).toContain(key);
    expect(await emulated.stored(stage.secrets.bridgeKeys)).toContain('"servers":["smoke-test"]');
    expect(token).toMatch(/^dnr_/);
    await revoke();
    expect(await emulated.stored(stage.secrets.bridgeKeys)).toBe('{"keys":[]}');
    expect(await emulated.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
  });

  it("leave nothing behind where only one of them could be made", async () => {
    const secrets = { ...stage.secrets, readerTokens: "nothing" };
    await expect(getSmokeCredentials({ ...stage, secrets }, {})).rejects.toThrow();
    expect(await emulated.stored(stage.secrets.bridgeKeys)).toBe('{"keys":[]}');
  });

  it("are those that are given, else those of the local stack", async () => {
    const bridge = { name: "bridge-a", key: "whsec_local" };
    const local = { bridge, readerToken: "dnr_local", timeLapse: 1, alertsFile: "", pid: 1 };
    const found = await getSmokeCredentials({ ...stage, local }, { token: "dnr_given" });
    expect(found).toMatchObject({ key: "whsec_local", token: "dnr_given", temporary: false });
    await found.revoke();
    expect(await emulated.stored(stage.secrets.bridgeKeys)).toBe('{"keys":[]}');
  });
});
