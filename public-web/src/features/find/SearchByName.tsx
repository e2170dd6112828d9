import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { findVillages } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Empty, Loaded } from "../../ui/states";
import { Villages } from "./Villages";
import { words } from "./words";

const PAUSE_MS = 300;

export function SearchByName({ to }: { to: string | undefined }) {
  const say = useWords(words);
  const [typed, setTyped] = useState("");
  const [wish, setWish] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setWish(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        setWish(typed.trim());
      }}
    >
      <label for="village">{say.search}</label>
      <div class="field">
        <Icon name="search" />
        <input
          id="village"
          type="search"
          autocomplete="off"
          enterkeyhint="search"
          aria-describedby="village-hint"
          maxLength={40}
          value={typed}
          onInput={(event) => {
            // While a character is still being composed its letters are no wish.
            if (!event.isComposing) setTyped(event.currentTarget.value);
          }}
          onCompositionEnd={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <p id="village-hint" class="cap">
        {say.searchHint}
      </p>
      {wish === "" ? null : <Found wish={wish} to={to} />}
    </form>
  );
}

function Found({ wish, to }: { wish: string; to: string | undefined }) {
  const say = useWords(words);
  const load = useLoad(() => findVillages(wish), [wish]);
  return (
    <div class="found">
      <Loaded of={load} lines={3}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Empty icon="search" title={say.nothing(wish)} role="status">
              <p>{say.nothingHint}</p>
            </Empty>
          ) : (
            <>
              <p class="cap" role="status">
                {next ? say.many : say.found(items.length)}
              </p>
              <Villages items={items} to={to} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}
