export type NatsConfig = {
  listen: string;
  storeDir: string;
  password: string;
  /** With any: as many isolated accounts `t1`, `t2`, … instead of the single user `clearlot`. */
  accounts: number;
};

/** Only what Debian's 2.9.10 understands; production's settings are in deploy/. JSON strings are valid in it. */
export function natsConfig({ listen, storeDir, password, accounts }: NatsConfig): string {
  const account = (_: unknown, index: number) => {
    const user = accountUser(index + 1);
    return `  ${user}: { jetstream: enabled, users: [{ user: ${user}, password: ${JSON.stringify(password)} }] }`;
  };
  return [
    'server_name: clearlot',
    `listen: ${JSON.stringify(listen)}`,
    'max_payload: 8MB',
    `jetstream { store_dir: ${JSON.stringify(storeDir)}, max_memory_store: 256MB, max_file_store: 20GB }`,
    ...(accounts > 0
      ? ['accounts {', ...Array.from({ length: accounts }, account), '}']
      : [`authorization { user: clearlot, password: ${JSON.stringify(password)} }`]),
    '',
  ].join('\n');
}

/** User of the n-th isolated account, counted from one. */
export function accountUser(account: number): string {
  return `t${account}`;
}

/** Where a client connects: the single user, or one of the accounts. */
export function natsUrl(host: string, port: number, password: string, account?: number): string {
  return `nats://${account === undefined ? 'clearlot' : accountUser(account)}:${password}@${host}:${port}`;
}
