import type { ReactNode } from "react";

interface Props {
  title: string;
  text?: string;
  children?: ReactNode;
}

/** A page that has one thing to say. */
export function Notice({ title, text, children }: Props) {
  return (
    <div className="notice">
      <h1 tabIndex={-1}>{title}</h1>
      {text === undefined ? null : <p>{text}</p>}
      {children === undefined ? null : <div className="notice-do">{children}</div>}
    </div>
  );
}
