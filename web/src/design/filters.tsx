import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Button, ButtonLink } from './button.tsx';
import type { Choice } from './fields.tsx';

const control = 'min-h-8 rounded-md border border-line-strong bg-surface px-2.5 text-sm';
const typingMs = 300;

/** One filter of a list as its address says it; another value begins the list anew. */
function useFilter(name: string): { value: string; set(value: string): void } {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (value: string) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, [name]: value || undefined, cursor: undefined }),
      replace: true,
    } as never);
  return { value: String(search[name] ?? ''), set };
}

/** Narrows a list to one of a few; the first choice is all of them. */
export function SelectFilter({
  name,
  label,
  any,
  choices,
}: {
  name: string;
  label: string;
  /** What is said when it is not narrowed, "Any country". */
  any: string;
  choices: readonly Choice[];
}) {
  const { value, set } = useFilter(name);
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      className={`${control} max-w-52 ${value ? 'border-accent bg-accent-soft font-medium' : ''}`}
    >
      <option value="">{any}</option>
      {choices.map(({ value: each, label: text }) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** Narrows a list to what has these words, once somebody stops typing. */
export function TextFilter({
  name,
  label,
  inputMode,
  narrow = false,
}: {
  name: string;
  label: string;
  inputMode?: 'numeric';
  narrow?: boolean;
}) {
  const { value, set } = useFilter(name);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = value;
  }, [value]);
  return (
    <input
      ref={field}
      type="search"
      aria-label={label}
      placeholder={label}
      inputMode={inputMode}
      data-find={name === 'q' || undefined}
      defaultValue={value}
      onChange={(event) => {
        const text = event.currentTarget.value.trim();
        clearTimeout(timer.current);
        timer.current = setTimeout(() => set(text), typingMs);
      }}
      className={`${control} ${narrow ? 'w-36' : 'w-56'}`}
    />
  );
}

/** The way to older rows; the address says where one is, so the browser goes back. */
export function CursorPages({ nextCursor }: { nextCursor: string | null }) {
  const { cursor }: { cursor?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  if (!cursor && nextCursor === null) return null;
  const go = (to: string | undefined) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, cursor: to }) } as never);
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2">
      {cursor && (
        <Button size="sm" onClick={() => go(undefined)}>
          First page
        </Button>
      )}
      {nextCursor !== null && (
        <Button size="sm" onClick={() => go(nextCursor)}>
          Next page
        </Button>
      )}
    </nav>
  );
}

/** Takes every filter off. */
export function ClearFilters() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const narrowed = Object.entries(search).some(([name, value]) => name !== 'sort' && name !== 'cursor' && value);
  if (!narrowed) return null;
  return (
    <ButtonLink to="." search={{}} size="sm" variant="quiet">
      Clear filters
    </ButtonLink>
  );
}
