import { type ReactNode, useRef } from 'react';

/** Flashes once when its value is another than before; never when it first appears. */
export function FlashOnChange({ value, children }: { value: string; children: ReactNode }) {
  const first = useRef(value);
  const hasChanged = first.current !== value;
  return (
    <span key={value} className={`block rounded ${hasChanged ? 'flash' : ''}`}>
      {children}
    </span>
  );
}
