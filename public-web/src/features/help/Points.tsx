import { Icon, type IconName } from "../../ui/Icon";

/** A card of short sentences, each with the same sign. */
export function Points({ items, icon }: { items: readonly string[]; icon: IconName }) {
  return (
    <ul class="card points">
      {items.map((item) => (
        <li key={item}>
          <Icon name={icon} />
          <span>{item}</span>
        </li>
      ))}
    </ul>
  );
}
