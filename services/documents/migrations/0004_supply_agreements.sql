-- Agreements of two kinds: shares of a deal, and goods of a marketplace contract. They are signed in the same way.
-- The deal and the settlement of a supply agreement are its contract.

alter table agreement
  add column kind text not null default 'share_purchase' check (kind in ('share_purchase', 'supply')),
  -- What a supply agreement says of the goods; exact numbers are text.
  add column terms jsonb,
  alter column company_name drop not null,
  alter column participation_id drop not null,
  alter column commitment_id drop not null,
  alter column share_type drop not null,
  alter column shares drop not null,
  alter column price_minor drop not null;
alter table agreement
  alter column kind drop default,
  add constraint agreement_of_its_kind check (case kind
    when 'supply' then terms is not null
      and num_nonnulls(company_name, participation_id, commitment_id, share_type, shares, price_minor) = 0
    else terms is null
      and num_nonnulls(company_name, participation_id, commitment_id, share_type, shares, price_minor) = 6 end);
