// Drawn here, on a grid of 24: no font and no file to fetch. An icon says nothing by
// itself: the words stand beside it, or the button has a label.

const PATHS = {
  home: "M4 11.5 12 4l8 7.5M6 10v9.5h4.5V14h3v5.5H18V10",
  library: "M4 5h7v6H4zM13 5h7v9h-7zM4 13h7v6H4zM13 16h7v3h-7z",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01",
  upload: "M12 15V4M7.5 8.5 12 4l4.5 4.5M4 15v5h16v-5",
  download: "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 15v5h16v-5",
  work: "M5 4h14v16H5zM8.5 9l1.5 1.5L13 8M8.5 15l1.5 1.5L13 14M15 9.5h1.5M15 15.5h1.5",
  people: "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11ZM3 19.5c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M15.5 11a2.7 2.7 0 1 0-1-5.2M17 14.3c2.4.6 4 2.5 4 5.2",
  person: "M12 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4ZM5 20c0-3.7 3.1-6 7-6s7 2.3 7 6",
  session: "M4 6h16v14H4zM4 10h16M8 3.5V7M16 3.5V7",
  collection: "M4 8h16v12H4zM6 5h12M8 2.5h8",
  share: "M17 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM7 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM17 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9.2 10.8l5.6-3.6M9.2 13.2l5.6 3.6",
  shield: "M12 3.5 19 6v5.5c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6zM9 12l2 2 4-4.5",
  settings: "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5 10 17.5 19 7",
  stop: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  warning: "M12 4 21 19.5H3zM12 10v4.5M12 17h.01",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5M12 8h.01",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5",
  filter: "M4 6h16M7 12h10M10 18h4",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  trash: "M5 7h14M9 7V4.5h6V7M7 7l1 13h8l1-13",
  star: "M12 4l2.4 5.1 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.8l5.6-.7z",
  mask: "M4 9c5-2.5 11-2.5 16 0 0 5-1.5 8-4 8-1.8 0-2.5-2-4-2s-2.2 2-4 2c-2.5 0-4-3-4-8ZM8 12h2M14 12h2",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2",
  print: "M7 9V4h10v5M5 9h14v7h-3v4H8v-4H5z",
  back: "M11 6l-6 6 6 6M5 12h14",
  next: "M9 6l6 6-6 6",
  previous: "M15 6l-6 6 6 6",
  down: "M6 9l6 6 6-6",
  undo: "M8 6 4 10l4 4M4 10h9a6 6 0 0 1 0 12h-3",
  eye: "M3 12c2.5-4.3 5.5-6.5 9-6.5s6.5 2.2 9 6.5c-2.5 4.3-5.5 6.5-9 6.5S5.5 16.3 3 12ZM12 14.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z",
  keyboard: "M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 14.5h8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
