import manifest from "./package.json" with { type: "json" };

// An older Node ends with "No such built-in module: node:sqlite" before a line of the bridge has run; so this comes first.
const oldest = manifest.engines.node.replace(">=", "");
if (process.versions.node.localeCompare(oldest, "en", { numeric: true }) < 0) {
  process.stderr.write(`The bridge needs Node ${oldest} or newer; this is ${process.version}.\n`);
  process.exit(1);
}

const { runAsCommand } = await import("./send.ts");
// In the repository Node runs this file as it is, for npm; the archive has it as JavaScript, under a name of its own.
const calledAs = import.meta.url.endsWith(".ts") ? "npm run bridge --" : `npx ${manifest.name}`;
await runAsCommand(calledAs, manifest.version);
