import { move, type Transitions } from '@clearlot/kernel';
import { type Answers, findAnswer, withAnswer } from './answers.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import type { RefusalCode } from './errors.ts';
import type { Format, PlayByFormat, Refusal, Result, Shown, Turn } from './format.ts';
import { japanese } from './japanese.ts';
import { meatRounds } from './meat-rounds.ts';
import { reverse } from './reverse.ts';
import { sealedPrice } from './sealed-price.ts';
import { type AuctionTerms, checkTerms, type FormatName, isPrice, type TermsByFormat } from './terms.ts';

export type AuctionStatus = 'scheduled' | 'open' | 'closed';

/** An auction's way. */
export const auctionTransitions: Transitions<AuctionStatus> = {
  scheduled: ['open'],
  open: ['closed'],
  closed: [],
};

const formats: { readonly [F in FormatName]: Format<F> } = {
  english,
  reverse,
  dutch,
  sealed_first: sealedPrice('first'),
  sealed_second: sealedPrice('second'),
  japanese,
  meat_rounds: meatRounds,
};

/** Who asks. The key is the client's: a retry with it is the same bid. */
interface Keyed {
  bidderId: string;
  key: string;
}

interface Bidding extends Keyed {
  /** What the server found out of the bidder before; a fact of the log. */
  standing: 'eligible' | 'not_eligible' | 'no_deposit';
  /** The bid is refused as stale unless this is the price. */
  seenPriceMinor?: bigint | undefined;
}

export type Command =
  /**
   * The most the bidder pays (in a reverse, the least they take); in a Dutch, takes at the clock. `sharePpm`: what the
   * answers to the criteria take off the price where prices are compared, 0 if absent; as `standing`, found by the server.
   */
  | ({ type: 'bid'; amountMinor: bigint; sharePpm?: number | undefined } & Bidding)
  | ({ type: 'buy_now' } & Bidding)
  /** In a round of a Japanese auction. */
  | ({ type: 'stay'; round: number } & Bidding)
  | ({ type: 'retract'; bidSequence: number } & Keyed)
  /** Lets the clock do what is due. */
  | { type: 'advance' };

/** What everybody may see of an auction. */
export interface View extends Shown {
  status: AuctionStatus;
  closesAt: Date;
  result: Result | null;
}

export type Decision =
  | { outcome: 'accepted'; after: View }
  /** `neededMinor`: the nearest amount that would have been accepted, where there is one. */
  | { outcome: 'refused'; code: RefusalCode; neededMinor?: bigint };

/** What was decided, and where it stands in the log, from 1. */
export interface Entry {
  sequence: number;
  at: Date;
  command: Command;
  decision: Decision;
}

interface StateOf<F extends FormatName> {
  format: F;
  terms: TermsByFormat[F];
  play: PlayByFormat[F];
  status: AuctionStatus;
  /** With the extensions so far. */
  closesAt: Date;
  extensions: number;
  closedAt: Date | null;
  result: Result | null;
  /** Of the last entry; 0 and null before the first. */
  sequence: number;
  at: Date | null;
  answers: Answers<Entry>;
}

/** All that the next decision depends on. Never changed in place, and a later state shares what it can. */
export type AuctionState = StateOf<FormatName>;

/** An auction before its first entry. Errors: MARKETPLACE_AUCTION_TERMS_INVALID saying why. */
export function openAuction(terms: AuctionTerms): AuctionState {
  checkTerms(terms);
  return start(terms.format, terms);
}

function start<F extends FormatName>(format: F, terms: TermsByFormat[F]): StateOf<F> {
  return {
    ...{ format, terms, play: formats[format].start(terms) },
    ...{ status: 'scheduled', closesAt: (terms as AuctionTerms).closesAt, extensions: 0, closedAt: null, result: null },
    ...{ sequence: 0, at: null, answers: [] },
  };
}

/** When the clock itself next changes something; null once the auction is closed. */
export function nextWakeAt<F extends FormatName>(state: StateOf<F>): Date | null {
  if (state.status === 'closed') return null;
  if (state.status === 'scheduled') return (state.terms as AuctionTerms).opensAt;
  const tickAt = tickOf(state);
  return tickAt && tickAt < state.closesAt ? tickAt : state.closesAt;
}

/** The entry that has answered this bidder's key, if any. Its decision is the answer to a retry. */
export function earlierEntry(state: AuctionState, command: Command): Entry | undefined {
  if (command.type === 'advance') return undefined;
  const entry = findAnswer(state.answers, answerKey(command));
  return entry && isRetry(entry.command, command) ? entry : undefined;
}

/**
 * What the rules say to a command at an instant, which is not before the last entry's. Never throws for a refusal, and a
 * refused command changes nothing; what the clock has due by then is done first. A retry gets the decision it got.
 */
export function decide(state: AuctionState, command: Command, at: Date): Decision {
  const earlier = earlierEntry(state, command);
  if (earlier) return earlier.decision;
  const next = outcomeOf(state, command, state.sequence + 1, at);
  if (!('refused' in next)) return { outcome: 'accepted', after: view(next) };
  const { refused: code, neededMinor } = next;
  return { outcome: 'refused', code, ...(neededMinor === undefined ? {} : { neededMinor }) };
}

/** The state after an entry that {@link decide} gave for this state. */
export function apply(state: AuctionState, entry: Entry): AuctionState {
  const { sequence, at, command, decision } = entry;
  const refused = decision.outcome === 'refused';
  const next = refused ? wind(state, at) : outcomeOf(state, command, sequence, at);
  if ('refused' in next) throw new Error(`Entry ${sequence} was not decided by the rules: ${next.refused}`);
  const answers = keepsAnswer(entry) ? withAnswer(state.answers, answerKey(entry.command), entry) : state.answers;
  return { ...next, sequence, at, answers };
}

/** The answer to a key that was another bid's does not take its place. */
function keepsAnswer(entry: Entry): entry is Entry & { command: Keyed } {
  const { command, decision } = entry;
  if (command.type === 'advance') return false;
  return decision.outcome === 'accepted' || decision.code !== 'MARKETPLACE_BID_KEY_REUSED';
}

function answerKey({ bidderId, key }: Keyed): string {
  return JSON.stringify([bidderId, key]);
}

/** Whether two commands ask for the same. What the server found out of the bidder may differ by now. */
function isRetry(first: Command, second: Command): boolean {
  const [a, b]: Record<string, unknown>[] = [{ ...first }, { ...second }];
  const names = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
  for (const found of ['standing', 'sharePpm']) names.delete(found);
  return [...names].every((name) => a?.[name] === b?.[name]);
}

/** What everybody may see of a state. */
export function view<F extends FormatName>(state: StateOf<F>): View {
  const { status, closesAt, result } = state;
  return { ...formats[state.format].show(state.terms, state.play), status, closesAt, result };
}

function outcomeOf<F extends FormatName>(
  before: StateOf<F>,
  command: Command,
  sequence: number,
  at: Date,
): StateOf<F> | Refusal {
  const state = wind(before, at);
  if (command.type === 'advance') return state === before ? { refused: 'MARKETPLACE_AUCTION_NOTHING_DUE' } : state;
  const refused = refusalOf(state, command, at);
  if (refused) return { refused };
  const turn = turnOf(state, command, sequence);
  if ('refused' in turn) return turn;
  const taken = turn.takesLead ? extended(state, at) : state;
  return afterTurn(taken, turn, at);
}

/** What forbids a command in every format. */
function refusalOf<F extends FormatName>(
  state: StateOf<F>,
  command: Exclude<Command, { type: 'advance' }>,
  at: Date,
): RefusalCode | undefined {
  const terms: AuctionTerms = state.terms;
  if (findAnswer(state.answers, answerKey(command))) return 'MARKETPLACE_BID_KEY_REUSED';
  if (state.status === 'scheduled') return 'MARKETPLACE_AUCTION_NOT_OPEN';
  if (state.status === 'closed') return 'MARKETPLACE_AUCTION_CLOSED';
  if (command.bidderId === terms.ownerId) return 'MARKETPLACE_BID_OWN_LOT';
  if (command.type === 'retract') return mayRetract(terms, at) ? undefined : 'MARKETPLACE_BID_RETRACTION_OVER';
  if (command.standing === 'not_eligible') return 'MARKETPLACE_BID_NOT_ELIGIBLE';
  if (command.standing === 'no_deposit') return 'MARKETPLACE_BID_NO_DEPOSIT';
  const seen = command.seenPriceMinor;
  if (seen !== undefined && seen !== view(state).priceMinor) return 'MARKETPLACE_BID_STALE';
  return command.type === 'bid' && !isPrice(command.amountMinor) ? 'MARKETPLACE_BID_AMOUNT_INVALID' : undefined;
}

/** Counted from the announced close: an extension must not open a way back again. */
function mayRetract(terms: AuctionTerms, at: Date): boolean {
  const ms = 'retractUntilMsBeforeClose' in terms ? terms.retractUntilMsBeforeClose : undefined;
  return ms !== undefined && at.getTime() < terms.closesAt.getTime() - ms;
}

function turnOf<F extends FormatName>(
  state: StateOf<F>,
  command: Exclude<Command, { type: 'advance' }>,
  sequence: number,
): Turn<PlayByFormat[F]> | Refusal {
  const { terms, play } = state;
  const rules: Format<F> = formats[state.format];
  const act = { sequence, bidderId: command.bidderId };
  const unknown: Refusal = { refused: 'MARKETPLACE_BID_NOT_OF_FORMAT' };
  switch (command.type) {
    case 'bid':
      return rules.bid?.(terms, play, { ...act, amountMinor: command.amountMinor }, command.sharePpm ?? 0) ?? unknown;
    case 'buy_now':
      return rules.buyNow?.(terms, play, act) ?? unknown;
    case 'stay':
      return rules.stay?.(terms, play, { ...act, round: command.round }) ?? unknown;
    case 'retract':
      return rules.retract?.(terms, play, { ...act, bidSequence: command.bidSequence }) ?? unknown;
  }
}

function afterTurn<F extends FormatName>(state: StateOf<F>, { play, end }: Turn<PlayByFormat[F]>, at: Date) {
  return end ? closed({ ...state, play }, end, at) : { ...state, play };
}

function closed<F extends FormatName>(state: StateOf<F>, result: Result, closedAt: Date): StateOf<F> {
  return { ...state, status: move(auctionTransitions, state.status, 'closed'), result, closedAt };
}

/** Soft close: a bid that takes the lead within the window is answered for the length of an extension. */
function extended<F extends FormatName>(state: StateOf<F>, at: Date): StateOf<F> {
  const terms: AuctionTerms = state.terms;
  const soft = 'softClose' in terms ? terms.softClose : undefined;
  if (!soft || state.extensions >= soft.extensionsMax) return state;
  const closesMs = state.closesAt.getTime();
  if (at.getTime() < closesMs - soft.windowMs) return state;
  const extendedMs = Math.min(at.getTime() + soft.extensionMs, soft.hardStopAt.getTime());
  if (extendedMs <= closesMs) return state;
  return { ...state, closesAt: new Date(extendedMs), extensions: state.extensions + 1 };
}

/** Does what the clock has due by an instant, in order, each at its own time. The same state when nothing is. */
function wind<F extends FormatName>(state: StateOf<F>, at: Date): StateOf<F> {
  let wound = state;
  for (let due = nextWakeAt(wound); due && due <= at; due = nextWakeAt(wound)) wound = wake(wound, due);
  return wound;
}

function wake<F extends FormatName>(state: StateOf<F>, due: Date): StateOf<F> {
  const rules: Format<F> = formats[state.format];
  if (state.status === 'scheduled') return { ...state, status: move(auctionTransitions, state.status, 'open') };
  const tickAt = tickOf(state);
  const turn = tickAt && tickAt <= due ? rules.tick?.(state.terms, state.play) : undefined;
  return turn ? afterTurn(state, turn, due) : closed(state, rules.finish(state.terms, state.play), due);
}

function tickOf<F extends FormatName>(state: StateOf<F>): Date | null {
  return formats[state.format].tickAt?.(state.terms, state.play) ?? null;
}
