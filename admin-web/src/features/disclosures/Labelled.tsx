import type { ReactNode } from "react";

interface LabelledProps {
  id: string;
  label: string;
  fault?: string | undefined;
  children: ReactNode;
}

/** A field under its name, with what is wrong with it. */
export function Labelled({ id, label, fault, children }: LabelledProps) {
  return (
    <div className="disc-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {fault === undefined ? null : (
        <span className="disc-fault" id={`${id}-fault`} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
