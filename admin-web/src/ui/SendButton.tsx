// A button that sends something. While nothing answers it is held: it stays in its place, can be reached, and says why.
import { DisconnectOutlined } from "@ant-design/icons";
import { App, Button, type ButtonProps } from "antd";
import type { MouseEvent } from "react";
import { useText } from "../lib/i18n";
import { useLine } from "../lib/line";
import { uiWords } from "./words";

/** The banner that says that the line is cut (app/LineBanner.tsx). */
export const LINE_WORDS = "line-words";

export function SendButton({ className = "", icon, onClick, disabled = false, ...rest }: ButtonProps) {
  const say = useText(uiWords);
  const { message } = App.useApp();
  const { cut } = useLine();
  const held = cut && !disabled;
  // A submit button that is pressed, or asked by Enter in a field, sends nothing once this is prevented.
  const refuse = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    message.info({ key: "held", content: say("held") });
  };
  const press = held ? refuse : onClick;
  return (
    <Button
      {...rest}
      className={`${className}${held ? " held" : ""}`}
      disabled={disabled}
      icon={held ? <DisconnectOutlined aria-hidden /> : icon}
      {...(held ? { "aria-disabled": true, "aria-describedby": LINE_WORDS, title: say("held") } : {})}
      {...(press === undefined ? {} : { onClick: press })}
    />
  );
}
