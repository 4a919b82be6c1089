// Run as a process of its own: loads a function as Lambda does, calls it once where an event is given, and prints
// the milliseconds from the start of the process to "ready" and to "answered". JavaScript, because taking the types
// away from TypeScript would cost the empty handler as much as everything else together.
import { pathToFileURL } from "node:url";

const [, , file = "", eventText = ""] = process.argv;
const { handler } = await import(pathToFileURL(file).href);
const ready = performance.now();
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => 25_000 };
if (eventText !== "") await handler(JSON.parse(eventText), context);
write(`${JSON.stringify({ ready, answered: performance.now() })}\n`, () => process.exit(0));
