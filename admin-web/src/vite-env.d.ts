/// <reference types="vite/client" />

// antd's stylesheet with our tokens, written by build/strict-page.mjs.
declare module "virtual:antd.css";
