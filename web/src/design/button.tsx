import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';

const base =
  'inline-flex items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-120 disabled:opacity-55 disabled:cursor-not-allowed';
const sizes = { md: 'min-h-9 px-3.5 py-1.5 text-base', sm: 'min-h-7 px-2.5 py-0.5 text-sm' };
const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink hover:bg-sunken',
  danger: 'border border-red bg-surface text-red hover:bg-red-soft',
};

interface Look {
  variant?: Variant;
  size?: keyof typeof sizes;
}

/** How a button looks, for what is one by another name. */
export function buttonClass({ variant = 'secondary', size = 'md' }: Look = {}): string {
  return `${base} ${sizes[size]} ${variants[variant]}`;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Look {
  /** What it began is still going on; it cannot be pressed again and says so. */
  busy?: boolean;
  children: ReactNode;
}

/** A button; one primary per page, for the one next action. */
export function Button({ variant, size, busy = false, disabled, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={`${buttonClass({ variant, size })} ${className}`}
    >
      {busy && (
        <span aria-hidden className="size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent" />
      )}
      {children}
    </button>
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement>, Look {
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ variant, size, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass({ variant, size })}>
      {children}
    </a>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. Its address is checked like any link's. */
export const ButtonLink = createLink(Anchor);
