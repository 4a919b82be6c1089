import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeMorning } from "./morning.ts";

/** The sample as a file holds it: an event a line. */
export const morningText = (): string =>
  makeMorning()
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");

if (import.meta.main) {
  const file = join(import.meta.dirname, "morning.ndjson");
  await writeFile(file, morningText());
  process.stdout.write(`${file}: ${makeMorning().length} events\n`);
}
