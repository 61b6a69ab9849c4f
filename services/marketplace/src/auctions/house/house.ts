import { newId } from '@clearlot/kernel';
import {
  type Context,
  type ContextParts,
  createContext,
  type Logger,
  serviceErrors,
  systemActor,
} from '@clearlot/service';
import type { NatsConnection, Subscription } from 'nats';
import { auctionErrors } from '../errors.ts';
import { settleAuction } from '../settle-auction.ts';
import type { BidAnswer, BidRequest } from './bid.ts';
import { GroupCommit } from './group-commit.ts';
import {
  claimAuction,
  findEntry,
  giveUpLeases,
  leaseMs,
  listUnattended,
  loadLog,
  readAdmitted,
  readOwnership,
  renewLeases,
} from './store.ts';
import { type LiveMessage, Moved, Writer } from './writer.ts';

/** A bid is tried this long; longer than a dead writer's lease and the start of the next one. */
const patienceMs = 8_000;
const retryMs = 25;
const beatMs = leaseMs / 4;
/** Auctions whose clock is due this soon get a writer before it is, so that they close on time. */
const attendMs = 5_000;
/** A writer that is silent for this long may be stopped; then its lease is looked at again. */
const forwardMs = 1_000;

/** The subject of what watchers of an auction are told; not kept, as the log is. */
export const liveSubject = (auctionId: string) => `live.auction.${auctionId}`;
const writerSubject = (holder: string) => `_clearlot.auction-writer.${holder}`;

/** Takes bids to the one process that writes their auction, which may be this one. */
export interface AuctionHouse {
  /**
   * Has the rules decide a request and stores what they said; the same key is the same request, whichever replica is asked.
   * Errors: MARKETPLACE_AUCTION_NOT_FOUND, MARKETPLACE_AUCTION_CLOSED once the log is closed, UNAVAILABLE when no writer
   * could be reached: then repeat it with its key.
   */
  submit(request: BidRequest): Promise<BidAnswer>;
  /** The house's own: for admissions, and for what is shown of bids without saying whose they are. Errors: UNAVAILABLE. */
  context(): Context;
  /** Calls back after every commit to an auction's log, here or elsewhere; nothing is lost by missing one. Answers how to end. */
  onCommit(auctionId: string, heard: () => void): () => void;
  /** Begins to take bids and to attend to what is due. */
  open<Clients>(parts: ContextParts<Clients>, nats: NatsConnection): { stop(): Promise<void> };
}

/** A house that takes nothing until it is opened. */
export function createAuctionHouse(): AuctionHouse {
  let opened: OpenHouse | undefined;
  const house = () => {
    if (!opened) throw serviceErrors.error('UNAVAILABLE', 'Auctions are not open yet.');
    return opened;
  };
  return {
    submit: async (request) => house().submit(request),
    context: () => house().ctx,
    onCommit: (auctionId, heard) => house().onCommit(auctionId, heard),
    open(parts, nats) {
      const house = new OpenHouse(createContext(parts, systemActor('marketplace.auction-house')), nats);
      opened = house;
      return { stop: () => house.stop() };
    },
  };
}

type Reply = { answer: BidAnswer } | { moved: true };

class OpenHouse {
  /** Begins with the process's id, for whoever looks at the row. */
  readonly #holder = `${process.pid}-${newId()}`;
  readonly ctx: Context;
  readonly #log: Logger;
  readonly #nats: NatsConnection;
  readonly #groups: GroupCommit;
  readonly #writers = new Map<string, Writer>();
  readonly #claims = new Map<string, Promise<boolean>>();
  /** Who wrote an auction when we last asked; wrong at worst, and then told so. */
  readonly #holders = new Map<string, string>();
  readonly #requests: Subscription;
  readonly #beat: NodeJS.Timeout;
  #beating: Promise<void> = Promise.resolve();
  #settling: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(ctx: Context, nats: NatsConnection) {
    this.ctx = ctx;
    this.#log = ctx.log;
    this.#nats = nats;
    this.#groups = new GroupCommit(ctx);
    this.#requests = nats.subscribe(writerSubject(this.#holder), {
      callback: (error, message) => {
        if (error) return;
        const request = message.json<BidRequest>();
        this.#here(request).then(
          (reply) => message.respond(JSON.stringify(reply)),
          () => message.respond(JSON.stringify({ moved: true })),
        );
      },
    });
    this.#beat = setInterval(() => {
      this.#beating = this.#beating.then(() => this.#attend());
    }, beatMs);
  }

  async submit(request: BidRequest): Promise<BidAnswer> {
    const { auctionId } = request;
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const reply = this.#writers.has(auctionId) ? await this.#here(request) : await this.#elsewhere(request);
      if ('answer' in reply) return reply.answer;
      if (Date.now() > deadline || this.#stopped) throw serviceErrors.error('UNAVAILABLE');
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  onCommit(auctionId: string, heard: () => void): () => void {
    const subscription = this.#nats.subscribe(liveSubject(auctionId), { callback: heard });
    return () => subscription.unsubscribe();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#beat);
    this.#requests.unsubscribe();
    await this.#beating;
    await Promise.allSettled(this.#claims.values());
    for (const writer of [...this.#writers.values()]) await writer.finish();
    await this.#settling;
    await this.ctx.transaction('GiveUpAuctions', (tx) => giveUpLeases(tx, this.#holder)).catch(() => {});
  }

  async #here(request: BidRequest): Promise<Reply> {
    const writer = this.#writers.get(request.auctionId);
    if (!writer) return { moved: true };
    try {
      return { answer: await writer.submit(request) };
    } catch (error) {
      if (error instanceof Moved) return { moved: true };
      throw error;
    }
  }

  /** To whoever writes the auction, or nobody does and this process begins to. */
  async #elsewhere(request: BidRequest): Promise<Reply> {
    const { auctionId } = request;
    const known = this.#holders.get(auctionId);
    if (known) return this.#forward(known, request);
    const ownership = await this.ctx.read((work) => readOwnership(work, auctionId));
    if (!ownership) throw auctionErrors.error('MARKETPLACE_AUCTION_NOT_FOUND');
    if (ownership.status === 'closed' || ownership.status === 'cancelled') return this.#afterClose(request);
    if (ownership.holder && ownership.holder !== this.#holder) {
      this.#holders.set(auctionId, ownership.holder);
      return this.#forward(ownership.holder, request);
    }
    return (await this.#claim(auctionId)) ? this.#here(request) : { moved: true };
  }

  async #forward(holder: string, request: BidRequest): Promise<Reply> {
    try {
      const message = await this.#nats.request(writerSubject(holder), JSON.stringify(request), { timeout: forwardMs });
      const reply = message.json<Reply>();
      if ('moved' in reply) this.#holders.delete(request.auctionId);
      return reply;
    } catch {
      // Nobody there, or nobody who answers: the lease will say.
      this.#holders.delete(request.auctionId);
      return { moved: true };
    }
  }

  /** A closed log takes nothing more, but still says what it said. */
  async #afterClose({ auctionId, bidderId, key }: BidRequest): Promise<Reply> {
    const entry = await this.ctx.read((work) => findEntry(work, auctionId, bidderId, key));
    if (!entry) throw auctionErrors.error('MARKETPLACE_AUCTION_CLOSED');
    const { sequence, at, hash, decision } = entry;
    return { answer: { sequence, at, hash, decision } };
  }

  #claim(auctionId: string): Promise<boolean> {
    const running = this.#claims.get(auctionId);
    if (running) return running;
    const claim = this.#begin(auctionId).finally(() => this.#claims.delete(auctionId));
    this.#claims.set(auctionId, claim);
    return claim;
  }

  async #begin(auctionId: string): Promise<boolean> {
    if (this.#stopped) return false;
    const epoch = await this.ctx.transaction('ClaimAuction', (tx) => claimAuction(tx, auctionId, this.#holder));
    if (epoch === undefined) return false;
    const ctx = this.ctx;
    const readBidders = () => ctx.read((work) => readAdmitted(work, auctionId));
    const [loaded, admitted] = await Promise.all([ctx.read((work) => loadLog(work, auctionId)), readBidders()]);
    const writer: Writer = new Writer({
      ...{ clock: ctx.clock, loaded, admitted, readAdmitted: readBidders },
      append: (group) => this.#groups.append({ ...group, auctionId, epoch, holder: this.#holder }),
      publish: (message) => {
        this.#publish(auctionId, message);
        if (message.state.status === 'closed') this.#settle(auctionId);
      },
      ended: () => {
        if (this.#writers.get(auctionId) === writer) this.#writers.delete(auctionId);
      },
    });
    this.#writers.set(auctionId, writer);
    this.#log.info({ auctionId, epoch: String(epoch), entries: loaded.proofs.length }, 'auction: writing');
    return true;
  }

  #publish(auctionId: string, message: LiveMessage): void {
    try {
      this.#nats.publish(liveSubject(auctionId), JSON.stringify(message));
    } catch (error) {
      // Watchers ask for what they miss.
      this.#log.warn({ err: error, auctionId }, 'auction: not published');
    }
  }

  /** One after the other and behind every close that is due; if it fails or this process dies, a timer does it. */
  #settle(auctionId: string): void {
    this.#settling = this.#settling.then(async () => {
      try {
        await this.#groups.settled();
        await settleAuction(this.ctx, auctionId);
      } catch (error) {
        this.#log.warn({ err: error, auctionId }, 'auction: will be settled later');
      }
    });
  }

  async #attend(): Promise<void> {
    if (this.#stopped) return;
    try {
      const own = [...this.#writers.keys()];
      if (own.length > 0) {
        await this.ctx.transaction('RenewAuctions', async (tx) => {
          tx.write({ execute: () => renewLeases(tx, this.#holder, own) });
        });
      }
      const due = await this.ctx.read((work) => listUnattended(work, attendMs));
      await Promise.all(due.filter((id) => !this.#writers.has(id)).map((id) => this.#claim(id)));
    } catch (error) {
      this.#log.warn({ err: error }, 'auctions: will attend again');
    }
  }
}
