import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** A disk of its own, so small that it fills up; undefined where the test may not mount one (it takes root). */
export const mountSmallDisk = (folder: string, megabytes: number) => {
  mkdirSync(folder, { recursive: true });
  try {
    const size = `size=${megabytes}m`;
    execFileSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return { folder, unmount: () => void execFileSync("umount", ["-l", folder]) };
};
