import { Link } from '@tanstack/react-router';
import { usePerson } from './directory.ts';

/** A person by name, as the way to what is known of them. */
export function Person({ id }: { id: string }) {
  const person = usePerson(id);
  if (!person) {
    return (
      <span title={id} className="figures">
        {id.slice(0, 8)}
      </span>
    );
  }
  return (
    <Link
      to="/admin/users"
      search={{ q: person.email, open: id }}
      title={person.email}
      className="text-accent underline-offset-2 hover:underline"
    >
      {person.fullName}
    </Link>
  );
}
