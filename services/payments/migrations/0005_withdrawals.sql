-- People move no money, with one exception: free money of their own balance goes back to them, as a refund that an operator
-- wires. It runs as the owner, as one system task, and proves the balance to be the acting person's by itself.
create function ledger.withdraw(refund uuid, refund_reference text, from_balance uuid, amount bigint, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  own balance;
  asking text := app.role();
begin
  -- For this function's own statements, and taken back at its end: an error undoes it too.
  perform set_config('app.role', 'system', true);
  select b.* into own from balance b where b.id = from_balance and b.user_id = app.user_id();
  if not found then
    raise exception 'balance % is not of whoever asks', from_balance using errcode = 'CL006';
  end if;
  -- As every change of a deal's money does.
  perform 1 from escrow e where e.deal_id = own.id for update;
  perform ledger.post_one('withdraw:' || refund, 'return', own.id, at, concat_ws(':', 'escrow', own.id, own.id),
    concat_ws(':', 'refundable', own.id, own.id), amount, null);
  insert into payment (id, deal_id, user_id, type, purpose, commitment_id, amount_minor, currency, status, reference, created_at)
    values (refund, own.id, own.user_id, 'outgoing', 'refund', own.id, amount, own.currency, 'pending', refund_reference, at);
  perform set_config('app.role', asking, true);
end $$;

revoke all on function ledger.withdraw(uuid, text, uuid, bigint, timestamptz) from public;
grant execute on function ledger.withdraw(uuid, text, uuid, bigint, timestamptz) to :app_role;
