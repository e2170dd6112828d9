// The whole list of a village on paper: by topic, who is responsible, and each matter in one sentence.
import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fullPlace } from "../../lib/place";
import { type PowerRow, readOtherPowers, readPowers, readRegion } from "../../lib/reads";
import { Paper, SheetHead, SheetTable } from "../../ui/Paper";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { byTopic } from "./topics";
import { words } from "./words";

const readWhole = async (code: string) => {
  const [powers, duties, bans, region] = await Promise.all([
    readPowers(code),
    readOtherPowers(code, "duty"),
    readOtherPowers(code, "negative"),
    readRegion(code),
  ]);
  return {
    topics: [...byTopic(powers.items)],
    duties: duties.items,
    bans: bans.items,
    place: fullPlace(region),
  };
};

export default function PrintPowersPage() {
  const say = useWords(words);
  const { village: code = "" } = useRoute().params;
  const whole = useLoad(() => readWhole(code), [code]);
  const back = `/v/${code}/powers`;
  const url = location.origin + back;
  const name = whole.state === "ready" ? `${whole.data.place} ${say.title}` : undefined;
  return (
    <Paper name={name} back={back} url={url}>
      <Loaded of={whole} lines={6}>
        {({ topics, duties, bans, place }) => (
          <>
            <SheetHead title={say.title} place={place} url={url}>
              <p>{say.lead}</p>
            </SheetHead>
            <SheetTable label={say.title}>
              <table class="matters">
                <thead>
                  <tr>
                    <th scope="col">{say.matter}</th>
                    <th scope="col">{say.responsible}</th>
                    <th scope="col">{say.plain}</th>
                  </tr>
                </thead>
                {topics.map(([topic, rows]) => (
                  <Rows key={topic} title={<Zh>{topic}</Zh>} rows={rows} />
                ))}
                <Rows title={say.duties} rows={duties} />
                <Rows title={say.bans} rows={bans} />
              </table>
            </SheetTable>
          </>
        )}
      </Loaded>
    </Paper>
  );
}

function Rows({ title, rows }: { title: ComponentChildren; rows: readonly PowerRow[] }) {
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr class="topic">
        <th scope="rowgroup" colSpan={3}>
          {title}
        </th>
      </tr>
      {rows.map((each) => (
        <tr key={each.id}>
          <th scope="row">
            <Zh>{each.name}</Zh>
          </th>
          <td>
            <Zh>{each.responsible_org}</Zh>
          </td>
          <td>
            <Zh>{each.plain_language}</Zh>
          </td>
        </tr>
      ))}
    </tbody>
  );
}
