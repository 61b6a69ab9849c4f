/** A figure as it is shown live. */
export interface LiveFigure {
  sourceId: string;
  mid: string;
  kind: string;
  edition: string;
  validAt: string;
}

interface Said {
  type: string;
  code?: string;
  state?: { sequence: number; figures: LiveFigure[] };
}

/** A screen that shows an instrument's newest figures. */
export interface PriceScreen {
  /** How it stands, as last told. */
  figures(): LiveFigure[];
  /** When a figure with this mid first came, on this machine's clock; undefined as long as none has. */
  seenAt(mid: string): number | undefined;
  close(): void;
}

/** Opens a screen on `price:<instrumentId>` at a gateway. Throws the code of a refusal. */
export async function openPrices(url: string, instrumentId: string, token?: string): Promise<PriceScreen> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/live`);
  const seen = new Map<string, number>();
  let figures: LiveFigure[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      if (token) socket.send(JSON.stringify({ type: 'authenticate', id: 1, token }));
      socket.send(JSON.stringify({ type: 'subscribe', id: 2, topic: `price:${instrumentId}` }));
    });
    socket.addEventListener('error', () => reject(new Error('not connected')));
    socket.addEventListener('message', ({ data }) => {
      const said = JSON.parse(String(data)) as Said;
      if (said.state) figures = said.state.figures;
      for (const { mid } of figures) if (!seen.has(mid)) seen.set(mid, Date.now());
      if (said.type === 'error') reject(new Error(said.code));
      if (said.type === 'subscribed') resolve();
    });
  });
  return { figures: () => figures, seenAt: (mid) => seen.get(mid), close: () => socket.close() };
}
