// Runs at build time only: the shell as HTML.
import { renderToString } from "preact-render-to-string";
import { Splash } from "./app/Splash";

export const shell = (): string => renderToString(<Splash />);
