// Hills and a sun: the village notice board in daylight. On the home page and the first picture only.
import type { ComponentChildren } from "preact";

export function Hero({ children }: { children: ComponentChildren }) {
  return (
    <header class="hero">
      <svg
        class="hills"
        viewBox="0 0 390 118"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <path d="M0 70c50-34 86-38 132-14s84 6 128-18 92-16 130 10v70H0z" fill="#134f46" />
        <path d="M0 92c60-26 110-24 160-8s120 10 230-16v50H0z" fill="#1b6457" />
        <path d="M0 104c90-14 150-6 210-2s120-2 180-12v28H0z" fill="#f7f4ec" />
      </svg>
      <div class="column">{children}</div>
    </header>
  );
}
