// The templates of all kinds, to be taken from the list of accounts. A plain disclosure: it needs no more code.
import { DownloadOutlined, DownOutlined } from "@ant-design/icons";
import { useRef } from "react";
import { useText } from "../../lib/i18n";
import { kindWords } from "../../ui/disclosureKinds";
import { type Kind, templateOf } from "./data";
import { uploadWords } from "./words";

export const KINDS = Object.keys(kindWords) as Kind[];

export function Templates() {
  const say = useText(uploadWords);
  const sayKind = useText(kindWords);
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (menu.current !== null) menu.current.open = false;
  };
  return (
    // What stands over the list goes when one turns to anything else.
    <details
      ref={menu}
      className="disc-templates"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        close();
        menu.current?.querySelector("summary")?.focus();
      }}
    >
      <summary>
        <DownloadOutlined aria-hidden /> {say("templates")} <DownOutlined aria-hidden />
      </summary>
      <ul>
        {KINDS.map((kind) => (
          <li key={kind}>
            <a href={templateOf(kind)} download onClick={close}>
              {sayKind(kind)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
