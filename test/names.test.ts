import { expect, it } from "vitest";
import { readSources } from "./support/source-files.ts";

// Each of these is what AWS Lambda calls, in a bundle of its own.
const entryNames = new Set(["handler"]);

it("an exported name means one thing in the whole project", () => {
  const sources = readSources("{lambda,infra,local,commands,bridge,proof,samples}/**/*.ts");
  const places = new Map<string, Set<string>>();
  for (const [file, text] of sources) {
    for (const [, name = ""] of text.matchAll(
      /^export (?:abstract )?(?:const|type|class|function|interface) (\w+)/gm,
    )) {
      places.set(name, (places.get(name) ?? new Set()).add(file));
    }
  }
  const ambiguous = [...places]
    .filter(([name, files]) => files.size > 1 && !entryNames.has(name))
    .map(([name, files]) => `${name}: ${[...files].join(", ")}`);
  expect(places.size).toBeGreaterThan(500);
  expect(ambiguous).toEqual([]);
});
