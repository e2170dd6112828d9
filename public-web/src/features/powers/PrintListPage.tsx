// The whole list of a village on paper: by topic, who is responsible, and each matter in one sentence.
import { useRoute } from "preact-iso";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fullPlace } from "../../lib/place";
import { readPowers, readRegion } from "../../lib/reads";
import { Paper, SheetHead, SheetTable } from "../../ui/Paper";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { byTopic } from "./topics";
import { words } from "./words";

const readWhole = async (code: string) => {
  const [{ items }, region] = await Promise.all([readPowers(code), readRegion(code)]);
  return { topics: [...byTopic(items)], place: fullPlace(region) };
};

export default function PrintPowersPage() {
  const say = useWords(words);
  const { village: code = "" } = useRoute().params;
  const whole = useLoad(() => readWhole(code), [code]);
  const back = `/v/${code}/powers`;
  const url = location.origin + back;
  return (
    <Paper back={back} url={url}>
      <Loaded of={whole} lines={6}>
        {({ topics, place }) => (
          <>
            <SheetHead title={say.title} place={place} url={url}>
              <p>{say.lead}</p>
            </SheetHead>
            <SheetTable label={say.title}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{say.matter}</th>
                    <th scope="col">{say.responsible}</th>
                    <th scope="col">{say.plain}</th>
                  </tr>
                </thead>
                {topics.map(([topic, rows]) => (
                  <tbody key={topic}>
                    <tr class="topic">
                      <th scope="rowgroup" colSpan={3}>
                        <Zh>{topic}</Zh>
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
                ))}
              </table>
            </SheetTable>
          </>
        )}
      </Loaded>
    </Paper>
  );
}
