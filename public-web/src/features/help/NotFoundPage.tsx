import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "没有这一页" }, en: { title: "No such page" } };

export default function NotFoundPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
