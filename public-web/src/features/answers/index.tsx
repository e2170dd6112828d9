// What was asked in a village, its township or its county and answered for everybody: each beside what it is
// about, never beside who asked.
import { kinds, word } from "@yidiantong/client";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { type AreaChoice, areasOf } from "../../lib/areas";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Questions, type Region, readAnswersIn, readCategories, readRegion } from "../../lib/reads";
import { AreaChips } from "../../ui/AreaChips";
import { Page } from "../../ui/Page";
import { PublishedAnswer } from "../../ui/PublishedAnswer";
import { Button } from "../../ui/parts";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { AboutLink } from "./AboutLink";
import "./answers.css";
import { words } from "./words";

export default function AnswersPage() {
  const say = useWords(words);
  const { village: code = "", area } = useRoute().params;
  const region = useLoad(() => readRegion(code), [code]);
  const here = region.state === "ready" ? areasIn(region.data, area).here : undefined;
  return (
    <Page title={say.title} bar={here?.name ?? say.title} back={`/v/${code}`}>
      <p class="before">{say.lead}</p>
      <Loaded of={region} lines={4}>
        {(found) => <Places region={found} area={area} />}
      </Loaded>
    </Page>
  );
}

const areasIn = (region: Region, area: string | undefined) =>
  areasOf(region, ["village", "township", "county"], area);

function Places({ region, area }: { region: Region; area: string | undefined }) {
  const say = useWords(words);
  const { areas, here } = areasIn(region, area);
  if (here === undefined) return null;
  const href = (to: AreaChoice) => `/v/${region.code}/answers/${to.area}`;
  return (
    <>
      <AreaChips label={say.where} areas={areas} here={here} href={href} />
      <Answers key={here.code} code={here.code} />
    </>
  );
}

function Answers({ code }: { code: string }) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <>
      {cursors.map((cursor, at) => (
        <AnswersPart
          key={cursor ?? "first"}
          code={code}
          cursor={cursor}
          more={at === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null}
        />
      ))}
    </>
  );
}

interface PartProps {
  code: string;
  cursor: string | null;
  more: ((cursor: string) => void) | null;
}

function AnswersPart({ code, cursor, more }: PartProps) {
  const say = useWords(words);
  const page = useLoad(() => readAnswersIn(code, cursor), [code, cursor]);
  return (
    <Loaded of={page} lines={4}>
      {({ items, next_cursor: next }) =>
        items.length === 0 ? (
          <Empty icon="speech" title={say.none}>
            <p>{say.noneHint}</p>
          </Empty>
        ) : (
          <>
            <ul class="published">
              {items.map((answer) => (
                <Answer key={answer.id} answer={answer} />
              ))}
            </ul>
            {more !== null && next ? (
              <Button wide onClick={() => more(next)}>
                {say.more}
              </Button>
            ) : null}
          </>
        )
      }
    </Loaded>
  );
}

function Answer({ answer }: { answer: Questions["items"][number] }) {
  const language = useLanguage();
  const load = useLoad(readCategories, []);
  const categories = load.state === "ready" ? load.data.categories : [];
  const category = categories.find((one) => one.code === answer.category)?.name;
  return (
    <li class="card padded">
      <p class="tags">
        <span class="tag info">{word(kinds, answer.kind, language)}</span>
        {category === undefined ? null : <span class="tag">{category}</span>}
        <span class="cap">
          <Zh>{answer.region_name}</Zh>
        </span>
      </p>
      {answer.about ? (
        <h2>
          <Zh>{answer.about.label}</Zh>
        </h2>
      ) : null}
      <PublishedAnswer answer={answer} />
      {answer.about ? <AboutLink about={answer.about} code={answer.region_code} /> : null}
    </li>
  );
}
