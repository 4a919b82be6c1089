import { Agent, type IncomingMessage, request as open, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { listenerOf, readWholeBody, serveLoopback } from "../../local/loopback/loopback-server.ts";
import type { Shutdown } from "../../local/processes/shutdown.ts";
import type { Fault, FaultPlan } from "./fault-plan.ts";
import { halveBatch } from "./half-batch.ts";
import {
  brokenAnswer,
  isBatch,
  isWrite,
  readCall,
  type ServiceAnswer,
  type ServiceCall,
  throttledAnswer,
} from "./service-call.ts";

/** What a proxy needs of the chaos around it. */
export type FaultPorts = {
  readonly draw: FaultPlan;
  /** Ends the environment that calls, at once. */
  readonly kill: (caller: string) => void;
  /** Hears of every fault that was done, and of `half` and `killed` only where they fitted. */
  readonly count: (kind: Fault["kind"], operation: string) => void;
  /** Hears what a service took, with its answer, whether the caller ever hears it or not. */
  readonly onDone: (call: ServiceCall, answer: string) => void;
};
/** A proxy before an emulator: it has its address before the emulator has one. */
export type FaultProxy = {
  readonly url: string;
  /** Says where the emulator is. */
  readonly aim: (target: string) => void;
};

const maxBodyBytes = 17 * 1024 * 1024;

const createForward = (target: () => string) => {
  const agent = new Agent({ keepAlive: true });
  return (request: IncomingMessage, body: Buffer): Promise<ServiceAnswer> =>
    new Promise((resolve, reject) => {
      // The emulator answers only what is addressed to itself.
      const { host: _, ...rest } = request.headers;
      const headers = { ...rest, "content-length": body.length };
      const method = request.method ?? "POST";
      const onward = open(target() + (request.url ?? "/"), { method, headers, agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("error", reject);
        answer.once("end", () => {
          const contentType = answer.headers["content-type"] ?? "application/x-amz-json-1.0";
          resolve({ status: answer.statusCode ?? 502, contentType, body: Buffer.concat(chunks) });
        });
      });
      onward.once("error", reject);
      onward.end(body);
    });
};

const reset = (response: ServerResponse): void => {
  response.socket?.resetAndDestroy();
};

const send = (response: ServerResponse, { status, contentType, body }: ServiceAnswer): void => {
  response.writeHead(status, { "content-type": contentType, "x-amzn-requestid": "chaos" });
  response.end(body);
};

/** Starts a proxy. What it reports as failed of a batch was not done. */
export const startFaultProxy = async (
  isDynamoDb: boolean,
  { draw, kill, count, onDone }: FaultPorts,
  shutdown: Shutdown,
): Promise<FaultProxy> => {
  let target = "";
  const forward = createForward(() => target);
  const pass = async (request: IncomingMessage, call: ServiceCall): Promise<ServiceAnswer> => {
    const answer = await forward(request, call.body);
    if (answer.status === 200) onDone(call, answer.body.toString());
    return answer;
  };
  const passHalf = async (request: IncomingMessage, call: ServiceCall): Promise<ServiceAnswer> => {
    const half = halveBatch(call);
    if (half === undefined) return pass(request, call);
    count("half", call.operation);
    const answer = await pass(request, { ...call, body: half.body });
    if (answer.status !== 200) return answer;
    return { ...answer, body: half.complete(answer.body.toString()) };
  };
  const drop = async (request: IncomingMessage, response: ServerResponse, call: ServiceCall) => {
    await pass(request, call);
    reset(response);
  };
  const suffer = async (
    fault: Fault,
    call: ServiceCall,
    [request, response]: [IncomingMessage, ServerResponse],
  ): Promise<void> => {
    if (fault.kind !== "half" && (fault.kind !== "killed" || isWrite(call))) {
      count(fault.kind, call.operation);
    }
    switch (fault.kind) {
      case "none":
        return send(response, await pass(request, call));
      case "latency":
        await wait(fault.milliseconds);
        return send(response, await pass(request, call));
      case "reset":
        return reset(response);
      case "answer-dropped":
        return drop(request, response, call);
      case "throttled":
        return send(response, throttledAnswer(call, isDynamoDb));
      case "error-500":
        return send(response, brokenAnswer(call, isDynamoDb));
      case "half":
        return send(response, await passHalf(request, call));
      case "killed":
        if (!isWrite(call)) return send(response, await pass(request, call));
        await pass(request, call);
        return kill(call.caller);
    }
  };
  const listener = listenerOf(async (request, response) => {
    const body = await readWholeBody(request, maxBodyBytes);
    const call = readCall(request.headers, body ?? Buffer.alloc(0));
    await suffer(draw(isBatch(call)), call, [request, response]);
  });
  const url = await serveLoopback(listener, 0, shutdown);
  return {
    url,
    aim: (emulator) => {
      target = emulator;
    },
  };
};
