import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = {
  zh: { title: "村里的钱、村里的事，明明白白" },
  en: { title: "The village's money and business, plain to see" },
};

export function HomePage() {
  const say = useWords(words);
  return <Page title={say.title} />;
}
