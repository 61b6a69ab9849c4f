import { join } from 'node:path';
import { freePorts } from '../process/ports.ts';
import { repository } from './databases.ts';
import { publicKeys, type Secrets } from './secrets.ts';

/** Every service with a database. A new one is added here and gets its database, keys, ports and peers by that. */
export const services = ['identity', 'deals', 'marketplace', 'payments', 'documents', 'market-data'] as const;
export type ServiceName = (typeof services)[number];

/** Everything that runs as a process of ours. */
export const processNames = [...services, 'gateway'] as const;
export type ProcessName = (typeof processNames)[number];

/** The file each process starts from. */
export const entries: Record<ProcessName, string> = {
  identity: join(repository, 'services/identity/src/main.ts'),
  deals: join(repository, 'services/deals/src/main.ts'),
  marketplace: join(repository, 'services/marketplace/src/main.ts'),
  payments: join(repository, 'services/payments/src/main.ts'),
  documents: join(repository, 'services/documents/src/main.ts'),
  'market-data': join(repository, 'services/market-data/src/main.ts'),
  gateway: join(repository, 'gateway/src/main.ts'),
};

export type Replicas = number | Partial<Record<ProcessName, number>>;

/** Where one replica listens. Chosen before anything starts, so that everybody can be told about everybody. */
export type Place = { name: ProcessName; replica: number; httpPort: number; grpcPort: number | undefined };

/** Places of all replicas; the gateway's first one is at `gatewayPort`. */
export async function choosePlaces(gatewayPort: number, replicas: Replicas): Promise<Place[]> {
  const places: Place[] = [];
  for (const name of processNames) {
    const count = typeof replicas === 'number' ? replicas : (replicas[name] ?? 1);
    for (let replica = 1; replica <= count; replica += 1) {
      const [httpPort = 0, grpcPort = 0] = await freePorts(2);
      if (name === 'gateway')
        places.push({ name, replica, httpPort: replica === 1 ? gatewayPort : httpPort, grpcPort: undefined });
      else places.push({ name, replica, httpPort, grpcPort });
    }
  }
  return places;
}

export type Infrastructure = {
  natsUrl: string;
  smtpUrl: string;
  publicUrl: string;
  webRoot: string | undefined;
  appUrls: Record<ServiceName, string>;
};

/** The whole environment contract of one process. Production sets the same variables from the Helm chart. */
export function environmentOf(
  place: Place,
  places: Place[],
  secrets: Secrets,
  infrastructure: Infrastructure,
): Record<string, string> {
  const http = (name: ProcessName) => httpUrls(places, name);
  const grpc = (name: ProcessName) =>
    places.filter((other) => other.name === name).map(({ grpcPort }) => `127.0.0.1:${grpcPort}`);
  const shared = {
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(place.httpPort),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    NATS_URL: infrastructure.natsUrl,
    PUBLIC_URL: infrastructure.publicUrl,
    JWKS_URL: http('identity')
      .map((url) => `${url}/.well-known/jwks.json`)
      .join(','),
    SERVICE_KEY: JSON.stringify(secrets.serviceKeys[place.name]),
    SERVICE_JWKS: JSON.stringify(publicKeys(secrets)),
  };
  if (place.name === 'gateway') {
    const upstreams = services.map((name) => [`${constantCase(name)}_HTTP`, http(name).join(',')]);
    const asked = { IDENTITY_GRPC: grpc('identity').join(','), MARKET_DATA_GRPC: grpc('market-data').join(',') };
    const web = infrastructure.webRoot === undefined ? {} : { WEB_ROOT: infrastructure.webRoot };
    return { ...shared, ...Object.fromEntries(upstreams), ...asked, ...web };
  }
  const peers = services.map((name) => [`${constantCase(name)}_GRPC`, grpc(name).join(',')]);
  return {
    ...shared,
    ...Object.fromEntries(peers),
    ...ownSecrets(place.name, secrets, infrastructure),
    GRPC_PORT: String(place.grpcPort),
    DATABASE_URL: infrastructure.appUrls[place.name],
  };
}

/** HTTP addresses of all replicas of a process. */
export function httpUrls(places: Place[], name: ProcessName): string[] {
  return places.filter((place) => place.name === name).map(({ httpPort }) => `http://127.0.0.1:${httpPort}`);
}

function ownSecrets(name: ServiceName, secrets: Secrets, infrastructure: Infrastructure): Record<string, string> {
  if (name === 'documents') return { FILE_KEY: secrets.fileKey };
  if (name !== 'identity') return {};
  return {
    SMTP_URL: infrastructure.smtpUrl,
    MAIL_FROM: process.env.MAIL_FROM ?? 'Clearlot <no-reply@clearlot.example>',
    ACCESS_TOKEN_KEY: JSON.stringify(secrets.accessTokenKey),
    PII_KEY: secrets.piiKey,
  };
}

function constantCase(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}
