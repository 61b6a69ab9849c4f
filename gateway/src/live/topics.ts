import type { LiveFigure, MarketDataServiceClient } from '@clearlot/proto/market/v1/market';
import { currentTraceparent, type Remote } from '@clearlot/service';
import { readJson, type Upstream } from '../upstream.ts';
import type { FeedAnswer, FeedMessage } from './feed.ts';
import { refused } from './refused.ts';

/** Where a topic's entries come from and who is asked for what is missing. */
export interface TopicOrigin {
  subject: string;
  /** What was published, as the feed takes it. */
  read(message: unknown): FeedMessage;
  /** How the topic stands and what follows an entry. Throws when there is no such topic. */
  ask(after: number | undefined): Promise<FeedAnswer>;
}

/** The services that topics are about. */
export interface Origins {
  marketplace: Upstream;
  marketData: Pick<Remote<MarketDataServiceClient>, 'getLivePrice'>;
}

/** Topics that only people who are signed in may watch. */
export function isForMembers(topic: string): boolean {
  return topic.startsWith('price:');
}

/** The origin of a topic by its name, `auction:<id>` or `price:<instrument id>`. */
export function originOf(topic: string, origins: Origins): TopicOrigin {
  const [kind, id = ''] = topic.split(':', 2);
  return kind === 'price' ? priceOrigin(id, origins.marketData) : auctionOrigin(id, origins.marketplace);
}

function auctionOrigin(auctionId: string, marketplace: Upstream): TopicOrigin {
  return {
    subject: `live.auction.${auctionId}`,
    read: (message) => message as FeedMessage,
    ask: async (after) => {
      const answer = await marketplace.request({
        path: `/api/auctions/${auctionId}/live${after === undefined ? '' : `?after=${after}`}`,
        method: 'GET',
        headers: { traceparent: currentTraceparent() },
        repeatable: true,
      });
      const body = await readJson<FeedAnswer>(answer);
      if (answer.statusCode !== 200) throw refused(body);
      return body;
    },
  };
}

/** The newest figure of each source; who missed some changes gets how it stands, as nobody needs what was superseded. */
function priceOrigin(instrumentId: string, marketData: Origins['marketData']): TopicOrigin {
  const figures = new Map<string, LiveFigure>();
  const standing = (sequence: number) => ({ sequence, figures: [...figures.values()] });
  return {
    subject: `live.price.${instrumentId}`,
    read(message) {
      const { sequence: text, figure } = message as { sequence: string; figure?: LiveFigure };
      const sequence = Number(text);
      if (figure) figures.set(figure.sourceId, figure);
      const updates = [{ sequence, ...(figure ? { figure } : {}) }];
      return { from: sequence, to: sequence, updates, state: standing(sequence), outbid: [] };
    },
    async ask() {
      const { sequence, figures: newest } = await marketData.getLivePrice({ instrumentId });
      for (const figure of newest) figures.set(figure.sourceId, figure);
      return { state: standing(Number(sequence)), updates: null };
    },
  };
}
