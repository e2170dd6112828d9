import { type ReactNode, useEffect, useRef } from "react";
import "../styles/page.css";
import { usePageTitle } from "./pageTitle";

interface Props {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}

/** The head of a page: its name, where whoever comes by keyboard or with a reader begins, and what may be done. */
export function PageHead({ title, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="page-head">
      <div>
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead === undefined ? null : <p>{lead}</p>}
      </div>
      {children === undefined ? null : <div className="page-do">{children}</div>}
    </header>
  );
}
