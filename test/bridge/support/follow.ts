import { destinationOf } from "../../../bridge/destinations.ts";
import { readBridgeOptions } from "../../../bridge/options.ts";
import { runBridge } from "../../../bridge/run-bridge.ts";
import { bridgeKey } from "../../support/build-event.ts";
import { createRecordingTerminal } from "../../support/recording-terminal.ts";

/** Where a bridge sends, what it follows and where it keeps what it has read. */
export type FollowArguments = {
  readonly url: string;
  /** The address to change over to. */
  readonly secondUrl?: string;
  readonly file: string;
  readonly spool: string;
  readonly serverName?: string;
};

/** A bridge in this process that follows a file, so that a test may move its clock. */
export const follow = ({ url, secondUrl, file, spool, serverName }: FollowArguments) => {
  const controller = new AbortController();
  const terminal = createRecordingTerminal();
  const named = serverName === undefined ? [] : ["--server-name", serverName];
  const at = (address: string) => destinationOf(address, {});
  const running = runBridge({
    options: readBridgeOptions(["--spool", spool, ...named, "--follow", file]),
    settings: {
      destinations: [at(url), ...(secondUrl === undefined ? [] : [at(secondUrl)])],
      readKey: async () => bridgeKey().key,
      isLocal: true,
    },
    sources: [],
    terminal,
    signal: controller.signal,
  });
  return {
    terminal,
    end: (): Promise<number> => {
      controller.abort();
      return running;
    },
  };
};
