import type { Worker } from "node:worker_threads";
import { messagingThread } from "../../local/emulators/fauxqs.ts";
import type { WatchedMemory } from "./start-watched-stack.ts";

// `npm start`, and the process that started it may ask over the channel how much memory it has. Threads share their process's
// resident memory, so what the emulator's thread has is asked of V8.
const threads = new Set<Worker>();
process.on("worker", (worker) => {
  threads.add(worker);
  worker.once("exit", () => threads.delete(worker));
});

const bytesOf = async (worker: Worker): Promise<number> => {
  const heap = await worker.getHeapStatistics();
  return heap.total_physical_size + heap.external_memory + heap.malloced_memory;
};

const look = async (): Promise<WatchedMemory> => {
  const emulators = [...threads].filter(({ threadName }) => threadName === messagingThread);
  const bytes = await Promise.all(emulators.map(bytesOf));
  return {
    process: process.memoryUsage.rss(),
    messaging: bytes.reduce((sum, one) => sum + one, 0),
  };
};

process.on("message", () => {
  void look().then((memory) => process.send?.(memory));
});
await import("../../local/start.ts");
