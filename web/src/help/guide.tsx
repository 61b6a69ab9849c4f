import { Link } from '@tanstack/react-router';
import Markdown from 'markdown-to-jsx/react';
import { Missing } from '../design/missing.tsx';
import { Page } from '../design/page.tsx';
import { words } from '../design/status.tsx';

/** The guides as they lie in the repository: whoever reads the one there reads the same. */
const guides = import.meta.glob<string>('../../../docs/guides/*.md', { query: '?raw', import: 'default', eager: true });
const screens = import.meta.glob<string>('../../../docs/screens/*.png', {
  ...{ query: '?url', import: 'default', eager: true },
});

const options = {
  disableParsingRawHTML: true,
  overrides: {
    // The page has its title already.
    h1: () => null,
    h2: { props: { className: 'mt-8 mb-2 text-lg font-semibold' } },
    p: { props: { className: 'my-2' } },
    ol: { props: { className: 'my-2 grid list-decimal gap-1.5 pl-6' } },
    ul: { props: { className: 'my-2 grid list-disc gap-1.5 pl-6' } },
    img: Screen,
  },
};

/** How somebody of a role does what they came for. */
export function Guide({ name }: { name: string }) {
  const text = guides[`../../../docs/guides/${name}.md`];
  if (!text) return <Missing />;
  return (
    <Page
      title={`Guide for a ${words(name).toLowerCase()}`}
      above={
        <Link to="/help" className="hover:underline">
          Guides and keys
        </Link>
      }
    >
      <article className="max-w-prose">
        <Markdown options={options}>{text}</Markdown>
      </article>
    </Page>
  );
}

function Screen({ src = '', alt = '' }: { src?: string; alt?: string }) {
  const url = screens[`../../../docs/${src.replace(/^\.\.\//, '')}`];
  return url ? <img src={url} alt={alt} loading="lazy" className="my-4 w-full rounded-md border border-line" /> : null;
}
