// Runs after npm ci, on the Node that it brought where there is one, so in JavaScript that an older Node reads.
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `Everything here runs on Node 24; this is ${process.version}. npm ci brings Node 24 for Linux
on x64. Elsewhere install it yourself: https://nodejs.org/en/download
`,
  );
  process.exit(1);
}
