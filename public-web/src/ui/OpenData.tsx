// The same figures for those who work with data: JSON, a data package (Frictionless), the village's feed (Atom).
import { useWords } from "../lib/i18n";
import "./saves.css";

const words = {
  zh: {
    title: "给会用数据的人",
    json: "JSON 数据",
    pack: "数据包说明（Frictionless）",
    feed: "订阅本村公开（Atom）",
  },
  en: {
    title: "For those who work with data",
    json: "As JSON",
    pack: "Data package (Frictionless)",
    feed: "The village's feed (Atom)",
  },
};

interface Props {
  id: string;
  village: string;
  title: string;
}

export function OpenData({ id, village, title }: Props) {
  const say = useWords(words);
  return (
    <details class="fold">
      <summary>{say.title}</summary>
      <div class="saves">
        <a class="btn quiet" href={`/api/v1/disclosures/${id}/export.json`} download={`${title}.json`}>
          {say.json}
        </a>
        <a class="btn quiet" href={`/api/v1/disclosures/${id}/datapackage.json`} download="datapackage.json">
          {say.pack}
        </a>
        <a class="btn quiet" href={`/api/v1/regions/${village}/feed.atom`}>
          {say.feed}
        </a>
      </div>
    </details>
  );
}
