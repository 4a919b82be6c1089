import manifest from "./package.json" with { type: "json" };

// An older Node ends with "No such built-in module: node:sqlite" before a line of the bridge has run; so this comes first.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`The bridge needs Node 22.13 or newer; this is ${process.version}.\n`);
  process.exit(1);
}

const { runAsCommand } = await import("./send.ts");
// In the repository Node runs this file as it is, for npm; the archive has it as JavaScript, under a name of its own.
const calledAs = import.meta.url.endsWith(".ts") ? "npm run bridge --" : `npx ${manifest.name}`;
await runAsCommand(calledAs, manifest.version);
