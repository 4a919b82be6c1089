import { bridgeUsage } from "./options.ts";
import manifest from "./package.json" with { type: "json" };
import { send } from "./send.ts";
import { runCommand } from "./terminal/run-command.ts";

// In the repository Node runs this file as it is, for npm; the archive has it as JavaScript, under a name of its own.
const isScript = import.meta.url.endsWith(".ts");
const usage = bridgeUsage(isScript ? "npm run bridge --" : `npx ${manifest.name}`);

await runCommand(usage, send, { interruptible: true, version: manifest.version });
