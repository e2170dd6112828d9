// The one place that says what antd's tokens are. The build reads it too, to write antd's stylesheet
// (build/antd-css.mjs), so it may import nothing that needs a browser.
import type { ThemeConfig } from "antd";
import { FONTS } from "../ui/fonts";

export const theme: ThemeConfig = {
  // The stylesheet is a file: the policy of the page forbids style elements made at run time.
  zeroRuntime: true,
  hashed: false,
  cssVar: { key: "ydt" },
  token: {
    colorPrimary: "#12594e",
    colorLink: "#12594e",
    colorLinkHover: "#0b3d36",
    colorSuccess: "#1c6b45",
    colorWarning: "#b87d12",
    colorError: "#b3261e",
    colorInfo: "#1f5f8b",
    // antd's own derivations of such dark colours are grey.
    colorSuccessBg: "#dff1e6",
    colorSuccessBorder: "#a6cdb6",
    colorWarningBg: "#fbeecb",
    colorWarningBorder: "#e6cf93",
    colorErrorBg: "#fce9e6",
    colorErrorBorder: "#e8b4ac",
    colorInfoBg: "#dfecf5",
    colorInfoBorder: "#a9c9df",
    colorText: "#1c2624",
    colorTextSecondary: "#52605c",
    colorTextTertiary: "#5f6b67",
    colorTextDescription: "#52605c",
    colorTextPlaceholder: "#66726e",
    colorTextDisabled: "#66726e",
    colorBorder: "#7d8682",
    colorBorderSecondary: "#ddd8ca",
    colorSplit: "#e6e1d4",
    colorBgLayout: "#f4f2eb",
    borderRadius: 8,
    borderRadiusLG: 12,
    fontSize: 14,
    fontFamily: FONTS,
    controlHeight: 36,
    wireframe: false,
  },
  components: {
    Table: { headerBg: "#f7f4ec", headerColor: "#52605c", rowHoverBg: "#eef5f1" },
    Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
    Menu: { itemBorderRadius: 8 },
    Form: { itemMarginBottom: 16, verticalLabelPadding: "0 0 4px" },
  },
};
