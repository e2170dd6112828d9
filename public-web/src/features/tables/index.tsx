// What a village has published beside its ledgers: a list, and each table by itself.
import { useRoute } from "preact-iso";
import { period } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { kindInEnglish } from "../../lib/kinds";
import { useLoad } from "../../lib/load";
import { fileAbout } from "../../lib/navigate";
import { type Disclosure, readDisclosure, readRegion, readTables } from "../../lib/reads";
import { Page } from "../../ui/Page";
import { Button, StickyAction } from "../../ui/parts";
import { RaiseLink } from "../../ui/RaiseLink";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { categoryOfKind } from "./category";
import { Table } from "./Table";
import "./tables.css";
import { words } from "./words";

export default function TablesPage() {
  const { village: code = "", id } = useRoute().params;
  return id === undefined ? <List code={code} /> : <One key={id} code={code} id={id} />;
}

function useBar(code: string): string {
  const say = useWords(words);
  const region = useLoad(() => readRegion(code), [code]);
  return region.state === "ready" ? say.bar(region.data.short_name) : say.title;
}

function List({ code }: { code: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const list = useLoad(() => readTables(code), [code]);
  return (
    <Page title={say.title} bar={useBar(code)} back={`/v/${code}`}>
      <p class="lead">{say.lead}</p>
      <Loaded of={list} lines={5}>
        {({ items }) => {
          const tables = items.filter(({ kind }) => kind !== "ledger");
          return tables.length === 0 ? (
            <Empty icon="accounts" title={say.none}>
              <p>{say.noneHint}</p>
              <RaiseLink village={code} category="disclosure">
                {say.noneAct}
              </RaiseLink>
            </Empty>
          ) : (
            <ul class="card tables">
              {tables.map((table) => (
                <li key={table.id}>
                  <a href={`/v/${code}/tables/${table.id}`}>
                    <Title of={table} />
                    <span class="cap">
                      {period(table.period, language)} ·{" "}
                      {table.withdrawal == null ? say.rows(table.line_count) : say.isWithdrawn}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** In English what it is, before the title that the village gave it. */
function Title({ of }: { of: Disclosure }) {
  const kind = kindInEnglish(of.kind, useLanguage());
  return (
    <>
      <b>{kind ?? of.title}</b>
      {kind === null ? null : (
        <span class="cap">
          <Zh>{of.title}</Zh>
        </span>
      )}
    </>
  );
}

function One({ code, id }: { code: string; id: string }) {
  const say = useWords(words);
  const bar = useBar(code);
  const table = useLoad(() => readDisclosure(id), [id]);
  const here = table.state === "ready" ? table.data : null;
  const language = useLanguage();
  const kind = here === null ? null : kindInEnglish(here.kind, language);
  const title = here === null ? "" : kind === null ? here.title : `${kind}, ${period(here.period, language)}`;
  const ask = (of: Disclosure) =>
    fileAbout({
      region_code: of.region_code,
      about: { type: "disclosure", id: of.id },
      label: of.title,
      category: categoryOfKind(of.kind),
    });
  return (
    <Page
      title={here === null ? say.title : title}
      beside={
        here === null || title === here.title ? null : (
          <p class="cap">
            <Zh>{here.title}</Zh>
          </p>
        )
      }
      bar={bar}
      back={`/v/${code}/tables`}
      sticky={
        here === null ? undefined : (
          <StickyAction>
            <Button look="raise" onClick={() => ask(here)}>
              {say.askAll}
            </Button>
          </StickyAction>
        )
      }
    >
      <Loaded of={table} lines={6}>
        {(detail) => <Table of={detail} />}
      </Loaded>
    </Page>
  );
}
