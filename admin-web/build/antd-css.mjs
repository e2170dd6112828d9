// antd's stylesheet, written at build time with our tokens (`virtual:antd.css`): the page's policy lets no
// script make style elements. Everything lies in the layer `antd`, so that our own rules win without force.
import { extractStyle } from "@ant-design/static-style-extract";
import { ConfigProvider } from "antd";
import { createElement } from "react";

/** The components whose styles are written. A component used but not listed here has no looks: list it. */
const COMPONENTS = [
  "Alert",
  "App",
  "Button",
  "Checkbox",
  "DatePicker",
  "Descriptions",
  "Drawer",
  "Dropdown",
  "Empty",
  "Flex",
  "Form",
  "Input",
  "InputNumber",
  "Modal",
  "Pagination",
  "Popconfirm",
  "Popover",
  "Radio",
  "Result",
  "Segmented",
  "Select",
  "Skeleton",
  "Space",
  "Spin",
  "Steps",
  "Table",
  "Tabs",
  "Tag",
  "Tooltip",
  "Typography",
  "Upload",
  "message",
  "notification",
];

/** @param {import("antd").ThemeConfig} theme */
export function antdCss(theme) {
  const css = extractStyle({
    includes: COMPONENTS,
    // Here, and only here, styles must be worked out.
    customTheme: (node) => createElement(ConfigProvider, { theme: { ...theme, zeroRuntime: false } }, node),
  });
  return `@layer antd {\n${css}\n}\n`;
}
