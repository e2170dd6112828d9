// What the build tells the worker of itself, and the worker's own global scope under its right type.

export interface Build {
  /** Changes whenever any file of the web does. */
  version: string;
  /** Every file of the web but the shell and the worker itself, as the build has left them on the disk. */
  files: readonly string[];
  /** SHA-256 of the shell, in hexadecimal digits. */
  shell: string;
}

declare const YDT_BUILD: Build;

export const BUILD: Build = YDT_BUILD;
export const scope = self as unknown as ServiceWorkerGlobalScope;
