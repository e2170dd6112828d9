// Lets a feature ask for the code of another page before it is needed, without knowing that page.
let preloader: (path: string) => Promise<void> = () => Promise.resolve();

/** Called once at start, by the app, which alone knows the pages. */
export function setPreloader(next: (path: string) => Promise<void>): void {
  preloader = next;
}

/** Resolves when the page of this path can be drawn without the network; throws a `Problem` otherwise. */
export const preloadPage = (path: string): Promise<void> => preloader(path);
