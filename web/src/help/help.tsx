import { Link } from '@tanstack/react-router';
import { Page, Section } from '../design/page.tsx';
import { shortcuts } from '../frame/keyboard.ts';

const guides = [
  { name: 'seller', title: 'Seller', says: 'From your share certificate to the money in your account.' },
  { name: 'buyer', title: 'Buyer', says: 'Committing funds to a deal; buying lithium by request, quote or auction.' },
  { name: 'supplier', title: 'Supplier', says: 'Being verified, responding to requests, delivering, being paid.' },
  {
    name: 'operator',
    title: 'Operator',
    says: 'Reviewing, allocating, locking, settling, and what to do when something is stuck.',
  },
] as const;

/** Where to read how things are done, and what the keys do. */
export function Help() {
  return (
    <Page title="Guides and keys">
      <Section title="Guides">
        <ul className="grid gap-4 sm:grid-cols-2">
          {guides.map(({ name, title, says }) => (
            <li key={name}>
              <Link to="/help/$guide" params={{ guide: name }} className="font-medium text-accent underline">
                {title}
              </Link>
              <p className="text-muted">{says}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Keys">
        <table className="text-left">
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="pr-8 pb-1 font-medium">
                Key
              </th>
              <th scope="col" className="pb-1 font-medium">
                What it does
              </th>
            </tr>
          </thead>
          <tbody>
            {shortcuts.map(({ keys, does }) => (
              <tr key={keys}>
                <th scope="row" className="pr-8 py-1 font-semibold">
                  <kbd className="font-sans">{keys}</kbd>
                </th>
                <td className="py-1">{does}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </Page>
  );
}
