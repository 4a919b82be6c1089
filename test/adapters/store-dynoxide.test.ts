import { findDynoxide } from "../../local/emulators/dynoxide.ts";
import { startStoreEngine } from "../support/store-engine.ts";
import { describeStore, skipStore } from "./contract/store-contract.ts";

const engine = findDynoxide();
if (engine.kind === "missing") skipStore("dynoxide", engine.reason);
else describeStore("dynoxide", () => startStoreEngine(engine));
