import { LogoutOutlined, TranslationOutlined } from "@ant-design/icons";
import { App, Button, Tooltip } from "antd";
import { logOut } from "../lib/api";
import { useLanguage, useText } from "../lib/i18n";
import { common, roles } from "../lib/i18n/common";
import { setLanguage } from "../lib/i18n/language";
import { useStaff } from "../lib/session";
import { Brand } from "../ui/Brand";
import { beforeLeaving } from "../ui/leaving";
import { isDemoName, plainName } from "../ui/names";
import { Menu } from "./Menu";
import { words } from "./words";

export function Sidebar() {
  const say = useText(words);
  const both = useText(common);
  const sayRole = useText(roles);
  const language = useLanguage();
  const staff = useStaff();
  const { message } = App.useApp();
  const demo = isDemoName(staff.display_name);
  const name = plainName(staff.display_name);

  const goAway = () => {
    beforeLeaving(() => void logOut().catch(() => message.error(say("not_logged_out"))));
  };

  return (
    <div className="sidebar">
      <div className="side-brand">
        <Brand />
        {demo ? <span className="demo-mark">{both("demo")}</span> : null}
      </div>
      <Menu />
      <div className="side-foot">
        <a href="/" target="_blank" rel="noreferrer" className="side-out">
          {say("public_site")}
        </a>
        <div className="side-who">
          <span className="avatar" aria-hidden="true">
            {name.slice(0, 1)}
          </span>
          <span className="side-name">
            <strong title={name}>{name}</strong>
            <small>{sayRole(staff.role)}</small>
          </span>
          <Tooltip title={say("language_label")}>
            <Button
              type="text"
              icon={<TranslationOutlined />}
              aria-label={say("language_label")}
              onClick={() => setLanguage(language === "en" ? "zh" : "en")}
            />
          </Tooltip>
          <Tooltip title={say("log_out")}>
            <Button type="text" icon={<LogoutOutlined />} aria-label={say("log_out")} onClick={goAway} />
          </Tooltip>
        </div>
      </div>
    </div>
  );
}
