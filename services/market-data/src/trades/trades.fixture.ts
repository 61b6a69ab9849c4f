import { newId } from '@clearlot/kernel';
import { type EventType, events } from '@clearlot/proto/events';
import type { AuctionStatusChanged, ContractLine, ContractRequested } from '@clearlot/proto/marketplace/v1/events';
import { type ContextParts, handleDelivery, type Outcome } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { marketDataReactions } from '../events.ts';
import type { World } from '../world.fixture.ts';

/** What a contract of these tests is for, unless it says otherwise: 20 tonnes of carbonate at 12,000.00 a tonne. */
export function contractOf(
  fields: Partial<ContractRequested> = {},
  ...lines: Partial<ContractLine>[]
): ContractRequested {
  const agreed = lines.length === 0 ? [{}] : lines;
  return {
    ...{ contractId: newId(), contractName: 'Carbonate 2027', buyerId: newId(), sellerId: newId() },
    ...{ supplierName: 'Salar Ltd', currency: 'USD', amountMinor: 1n, incoterm: 'FOB', place: 'Antofagasta' },
    ...{ quantityTolerancePpm: 0, inspectionDays: 14 },
    lines: agreed.map((line, index) => ({
      ...{ lineId: `L${index + 1}`, title: 'Carbonate', productType: 'lithium_carbonate', grade: 'battery' },
      ...{ specification: '', quantityKg: 20_000n, basis: 'dry', priceMinorPerTonne: 1_200_000n, amountMinor: 1n },
      ...{ deliverFrom: undefined, deliverTo: undefined, ...line },
    })),
    ...fields,
  };
}

/** A lot that was sold: 20 tonnes of carbonate at 12,000.00 a tonne. */
export function lotOf(at: Date, fields: Partial<AuctionStatusChanged> = {}): AuctionStatusChanged {
  return {
    ...{ auctionId: newId(), saleId: newId(), ownerId: newId(), format: 'english', status: 'closed' },
    ...{ productType: 'lithium_carbonate', grade: 'battery', quantityKg: 20_000n, currency: 'USD' },
    ...{ priceMinorPerTonne: 1_200_000n, winnerId: newId(), at, incoterm: 'FOB', basis: 'dry', ...fields },
  };
}

/** Hands events to the reactions of a world as the bus would. */
export function createBus(world: Pick<World, 'parts' | 'clock'>) {
  const sent = new Map<string, string[]>();
  /** `messageId` is the same for a message that comes again; `parts` are those of another replica. */
  const receive = <T>(
    type: EventType<T>,
    aggregateId: string,
    event: T,
    { messageId = newId(), occurredAt = world.clock.now(), parts = world.parts as ContextParts<Clients> } = {},
  ): Promise<Outcome> => {
    const [area, aggregate] = type.subject.split('.');
    const own = sent.get(aggregateId) ?? [];
    sent.set(aggregateId, own.includes(messageId) ? own : [...own, messageId]);
    const reactions = marketDataReactions.filter((each) => each.type.subject.startsWith(`${area}.${aggregate}.`));
    return handleDelivery(
      parts,
      `market-data__${area}_${aggregate}`,
      new Map(reactions.map((each) => [each.type.subject, each])),
      {
        ...{ messageId, subject: type.subject, aggregateId, occurredAt, traceparent: undefined },
        version: BigInt((sent.get(aggregateId) ?? []).indexOf(messageId) + 1),
        payload: type.codec.encode(event).finish(),
      },
    );
  };
  type Way = Parameters<typeof receive>[3];
  return {
    contract: (event: ContractRequested, way?: Way) => receive(events.contractRequested, event.contractId, event, way),
    cancel: ({ contractId }: Pick<ContractRequested, 'contractId'>) =>
      receive(events.contractCancelled, contractId, { contractId, reason: 'It was not signed in time.' }),
    lot: (event: AuctionStatusChanged, way?: Way) => receive(events.auctionStatusChanged, event.auctionId, event, way),
  };
}
