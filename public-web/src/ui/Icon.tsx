// Every picture of this web: lines on a 24-square, drawn for it, in the colour of the text beside them.
// A picture never stands alone for a meaning; whoever uses one writes the word next to it.
const PATHS = {
  pin: "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  down: "m6 9 6 6 6-6",
  right: "m9 5 7 7-7 7",
  back: "m15 4-8 8 8 8",
  speech:
    "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM7 8.5h10M7 12.5h6",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  home: "M4 11.5 12 4l8 7.5V20h-5.5v-6h-5v6H4z",
  accounts:
    "M6 3.5h12A2.5 2.5 0 0 1 20.5 6v12a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V6A2.5 2.5 0 0 1 6 3.5zM8 16v-4M12 16V8M16 16v-6",
  flow: "M5.5 8a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM5.5 20.6a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM18.5 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM7.8 5.7H11a2.8 2.8 0 0 1 2.8 2.8v1.3A2.2 2.2 0 0 0 16 12M7.8 18.3H11a2.8 2.8 0 0 0 2.8-2.8v-1.3A2.2 2.2 0 0 1 16 12",
  receipt: "M5.5 3h13v18l-3.2-2-3.3 2-3.3-2-3.2 2zM9 8h6M9 12h4",
  shield: "M12 3 4.5 6v5c0 5 3.2 8 7.5 10 4.3-2 7.5-5 7.5-10V6zM8.5 11.8l2.5 2.5 4.5-5",
  check: "m5 12.5 5 5L19.5 7",
  warn: "M12 4 2.5 20.5h19zM12 10v5M12 17.6v.4",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v6M12 7.4v.4",
  phone: "M7 3.5 4 5c-.6 7 8 15.6 15 15l1.5-3-4.5-2.8-2 1.6c-2-.9-4.7-3.6-5.6-5.6l1.6-2z",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
  close: "M6 6l12 12M18 6 6 18",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.1",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  trash: "M5 7h14M9.5 7V4h5v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  plus: "M12 5v14M5 12h14",
  edit: "M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3",
  star: "m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17l-5.3 3 1.1-6L3.4 9.8l6-.8z",
  offline:
    "M3 9.5a13 13 0 0 1 4-2.6M21 9.5a13 13 0 0 0-8-3.4M6.5 13.5A8 8 0 0 1 10 11.4M17.5 13.5a8 8 0 0 0-1.5-1.2M12 18.4v.1M4 4l16 16",
  text: "M3 19 8.5 5 14 19M5 14.5h7M15 19l3-8 3 8M16 16.5h4",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.3 9.5a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 2.1M12 16.9v.2",
  bag: "M5 8h14l1 12H4zM9 8V6.5a3 3 0 0 1 6 0V8",
  book: "M12 6.5C10 5 7 4.5 4 4.5v14c3 0 6 .5 8 2 2-1.5 5-2 8-2v-14c-3 0-6 .5-8 2zM12 6.5v14",
  sound: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  stop: "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM8 12h8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({
  name,
  size = 1.33,
}: {
  name: IconName /** In rem, so that it grows with the text. */;
  size?: number;
}) {
  return (
    // How it is stroked stands in base.css: a page has dozens of these, and every attribute costs a slow phone time.
    <svg class="icon" viewBox="0 0 24 24" width={`${size}rem`} height={`${size}rem`} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
