// A small text filter: takes effect on Enter or on leaving it, so that the address is not rewritten at each letter.
import { useState } from "react";
import { Field, Input } from "./field";

interface SearchFieldProps {
  label: string;
  value: string | null;
  placeholder?: string;
  options?: readonly string[];
  onCommit: (value: string | null) => void;
}

export function SearchField({ label, value, placeholder, options, onCommit }: SearchFieldProps) {
  const [typed, setTyped] = useState(value ?? "");
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setTyped(value ?? "");
  }
  const commit = (text: string) => {
    const next = text.trim() === "" ? null : text.trim();
    if (next !== value) onCommit(next);
  };
  const list = options ? `options-${label}` : undefined;
  return (
    <Field label={label} className="min-w-44 flex-1">
      <Input
        type="search"
        value={typed}
        placeholder={placeholder}
        list={list}
        autoComplete="off"
        spellCheck={false}
        onChange={event => setTyped(event.target.value)}
        onBlur={() => commit(typed)}
        onKeyDown={event => event.key === "Enter" && commit(typed)}
      />
      {options && (
        <datalist id={list}>
          {options.map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </Field>
  );
}
