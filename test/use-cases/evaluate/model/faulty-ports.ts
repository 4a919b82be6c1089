import type { EvaluatePorts } from "../../../../lambda/use-cases/evaluate/evaluate-ports.ts";
import type { Chance } from "./chance.ts";

/** How likely a message is lost, late or repeated, and how many processes die. */
export type Faults = { drop: number; late: number; repeat: number; crashes: number };

/** The ports of alerting. */
export type Ports = Omit<EvaluatePorts, "rules" | "now" | "emitMetrics">;

const yieldSomeTimes = async (times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) await Promise.resolve();
};

/**
 * Ports of one process, which take their time, so that processes overlap, and die with it after its `dies`-th write.
 */
export const createPorts = (
  ports: Ports,
  chance: Chance,
  die: () => Error,
  dies: number | undefined,
): Ports => {
  let writes = 0;
  let death: Error | undefined;
  const slow =
    <Given extends unknown[], Result>(port: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      await yieldSomeTimes(chance.below(4));
      if (death !== undefined) throw death;
      return port(...given);
    };
  const write =
    <Given extends unknown[], Result>(port: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const result = await slow(port)(...given);
      writes += 1;
      if (writes === dies) death = die();
      if (death !== undefined) throw death;
      return result;
    };
  return {
    ...ports,
    readStatuses: slow(ports.readStatuses),
    readStatusesOfDn: slow(ports.readStatusesOfDn),
    readList: slow(ports.readList),
    readLosses: slow(ports.readLosses),
    readLossesOfDn: slow(ports.readLossesOfDn),
    writeLoss: write(ports.writeLoss),
    readMembers: slow(ports.readMembers),
    readHeld: slow(ports.readHeld),
    readAlert: slow(ports.readAlert),
    readLatestAlert: slow(ports.readLatestAlert),
    writeAlert: write(ports.writeAlert),
    readWindows: slow(ports.readWindows),
    readConnectionsOfServer: slow(ports.readConnectionsOfServer),
    requestEvaluation: write(ports.requestEvaluation),
  };
};
