import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import dayjs from "dayjs";
import { useEffect } from "react";
import { RouterProvider } from "react-router";
import "dayjs/locale/zh-cn";
import { isThere, resume } from "../lib/api";
import { useLanguage } from "../lib/i18n";
import { watchLine } from "../lib/line";
import { useSession } from "../lib/session";
import { queries } from "./queries";
import { router } from "./router";
import { theme } from "./theme";

export function App() {
  const language = useLanguage();
  const session = useSession();
  const who = session.status === "in" || session.status === "expired" ? session.staff.id : null;
  dayjs.locale(language === "en" ? "en" : "zh-cn");

  useEffect(() => watchLine(isThere), []);
  useEffect(() => {
    void resume();
  }, []);

  // What one person could read must not be there for the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of person that counts.
  useEffect(() => () => queries.clear(), [who]);

  return (
    <ConfigProvider theme={theme} locale={language === "en" ? en : zh} button={{ autoInsertSpace: false }}>
      <AntdApp className="page">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
