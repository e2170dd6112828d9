import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";
import { ButtonLink } from "../../ui/parts";
import { Empty } from "../../ui/states";

const words = {
  zh: {
    title: "没有这一页",
    what: "地址可能写错了，或者这一页已经搬走。",
    home: "回首页",
    find: "找我的村",
  },
  en: {
    title: "No such page",
    what: "The address may be wrong, or the page has moved.",
    home: "To the home page",
    find: "Find my village",
  },
};

export default function NotFoundPage() {
  const say = useWords(words);
  return (
    <Page title={say.title} back="/">
      <Empty icon="search" title={say.what}>
        <ButtonLink look="main" href="/">
          {say.home}
        </ButtonLink>
        <ButtonLink href="/?find">{say.find}</ButtonLink>
      </Empty>
    </Page>
  );
}
