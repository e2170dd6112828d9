// What changed from version to version, and why.
import { useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readPowerVersions } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

/** Few open it: it is asked for when somebody does. */
export function Versions({ id }: { id: string }) {
  const say = useWords(words);
  const [open, setOpen] = useState(false);
  return (
    <details class="card more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{say.versions}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{open ? <All id={id} /> : null}</div>
    </details>
  );
}

function All({ id }: { id: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const list = useLoad(() => readPowerVersions(id), [id]);
  return (
    <Loaded of={list} lines={3}>
      {({ items }) => (
        <ol class="laws" reversed>
          {items.map((one) => (
            <li key={one.version} value={one.version}>
              <p>
                {say.version(one.version, day(one.published_at, language))}
                {one.change === "removed" ? ` · ${say.removed}` : ""}
              </p>
              {one.reason ? (
                <p>
                  <Zh>{say.because(one.reason)}</Zh>
                </p>
              ) : null}
              {one.compared_with_item && one.compared_with ? (
                <p>{say.against_above(one.compared_with)}</p>
              ) : one.written_over ? (
                <p class="cap">{say.written_over(one.written_over.version)}</p>
              ) : null}
              {one.changes.map((change) => (
                <p key={`${change.field}${change.before}${change.after}`} class="cap">
                  {change.before ? (
                    <del>
                      <Zh>{change.before}</Zh>
                    </del>
                  ) : null}{" "}
                  {change.after ? (
                    <ins>
                      <Zh>{change.after}</Zh>
                    </ins>
                  ) : null}
                </p>
              ))}
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
