import { Page } from '../design/page.tsx';
import { useMe } from '../session/session.ts';

/** What waits on a buyer. */
export function BuyerHome() {
  const { fullName } = useMe();
  return <Page title={`Welcome, ${fullName}`}>{null}</Page>;
}
